import { getMetadataStorage } from 'class-validator/cjs/metadata/MetadataStorage.js';
import { ValidationTypes } from 'class-validator/cjs/validation/ValidationTypes.js';
import type { Path, RuleFamily, Violation } from '../connect/violation.js';
import type { RuleContext } from './conforms.js';
import { checkSchedule } from './requests/start-task-contact.js';
import { familyOf, check, type Rule } from './rule.js';

/** What is to be checked of one property of an input class. */
interface PropertyPlan {
  readonly property: string;
  readonly rules: readonly Rule<unknown>[];
  /** Whether it holds inputs of a class of their own, one or a list. */
  readonly isNested: boolean;
}

/** What is to be checked of an input class, property by property. */
type Plan = readonly PropertyPlan[];

/**
 * Reads once what decorators bound to an input class: class-validator itself would look it up, group it and run each broken
 * rule twice for every request.
 *
 * @param families whose rules count
 */
function planOf(inputClass: unknown, families: readonly RuleFamily[]): Plan {
  // Rules belong to groups; no group is asked for here, since families are told apart below.
  const bound = getMetadataStorage().getTargetValidationMetadatas(inputClass as never, '', true, false);
  return [...Map.groupBy(bound, ({ propertyName }) => propertyName)].map(([property, metadata]) => ({
    property,
    rules: metadata
      .flatMap(({ context }) => (context === undefined ? [] : [(context as RuleContext).rule]))
      .filter((rule) => families.includes(familyOf(rule))),
    isNested: metadata.some(({ type }) => type === ValidationTypes.NESTED_VALIDATION),
  }));
}

/** How a {@link ValidationService} checks. */
export interface ValidationOptions {
  /** Whose rules to apply. */
  readonly families: readonly RuleFamily[];
  /** The present instant, in milliseconds since the epoch. */
  readonly now: () => number;
}

/** An input whose scheduled time depends on the clock. */
interface Schedulable {
  readonly scheduledTime?: Date | null;
  readonly clientToken?: string | null;
}

/**
 * Seconds by which a scheduled time may miss its bounds here: the port, whose clock counts, has the last word. Without
 * it, a gateway whose clock is a little ahead would refuse a task for "now".
 */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Checks a caller's input: every violation at once, each with its path. */
export class ValidationService {
  readonly #families: readonly RuleFamily[];
  readonly #now: () => number;
  /** By the class of an input. */
  readonly #plans = new Map<unknown, Plan>();

  constructor(options: ValidationOptions) {
    this.#families = options.families;
    this.#now = options.now;
  }

  /**
   * Checks an input object by the rules that {@link Conforms} bound to its class. A property that is absent or null keeps
   * every rule.
   *
   * @param input an instance of a decorated class
   * @param at the path of the input itself
   */
  validate(input: object, at: Path): readonly Violation[] {
    const found: Violation[] = [];
    this.#collect(input, at, found);
    return found;
  }

  /**
   * Checks an input that may state a scheduled time, its scheduled time included, unless the caller gave a token: then the time is checked behind the
   * port, after the token look-up, so that a late repeat is answered with the first contact.
   */
  validateSchedulable(input: Schedulable, at: Path): readonly Violation[] {
    const violations = this.validate(input, at);
    if (!input.scheduledTime || input.clientToken) return violations;
    const late = checkSchedule(input.scheduledTime, this.#now(), CLOCK_TOLERANCE_SECONDS);
    return [...violations, ...late.map((violation) => ({ ...violation, path: [...at, ...violation.path] }))];
  }

  #collect(input: object, at: Path, found: Violation[]): void {
    for (const { property, rules, isNested } of this.#planFor(input.constructor)) {
      const value: unknown = Reflect.get(input, property);
      if (value == null) continue;
      const path = [...at, property];
      for (const rule of rules) found.push(...check(rule, value, path));
      if (!isNested) continue;
      if (!Array.isArray(value)) this.#collect(value, path, found);
      else for (const [index, item] of value.entries()) this.#collect(item, [...path, index], found);
    }
  }

  #planFor(inputClass: unknown): Plan {
    const known = this.#plans.get(inputClass);
    if (known !== undefined) return known;
    const plan = planOf(inputClass, this.#families);
    this.#plans.set(inputClass, plan);
    return plan;
  }
}
