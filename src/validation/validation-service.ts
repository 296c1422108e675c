import { type ValidationError, validateSync } from 'class-validator';
import type { Path, RuleFamily, Violation } from '../connect/violation.js';
import type { RuleContext } from './conforms.js';
import { judge } from './rule.js';
import { judgeSchedule } from './start-task-contact-rules.js';

/** How a {@link ValidationService} judges. */
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

/** Judges a caller's input: every violation at once, each with its path. */
export class ValidationService {
  readonly #families: RuleFamily[];
  readonly #now: () => number;

  constructor(options: ValidationOptions) {
    this.#families = [...options.families];
    this.#now = options.now;
  }

  /**
   * Judges an input object by the rules that {@link Conforms} bound to its class.
   *
   * @param input an instance of a decorated class
   * @param at the path of the input itself
   */
  judge(input: object, at: Path): readonly Violation[] {
    const errors = validateSync(input, {
      groups: this.#families,
      // Without it, no family at all would mean every family.
      strictGroups: true,
      // An input class without rules of its own is no mistake here: GraphQL has checked the shapes already.
      forbidUnknownValues: false,
      validationError: { target: false },
    });
    return errors.flatMap((error) => violationsOf(error, at));
  }

  /**
   * Judges an input that may state a scheduled time, its scheduled time included, unless the caller gave a token: then the time is judged behind the
   * port, after the token look-up, so that a late repeat is answered with the first contact.
   */
  judgeSchedulable(input: Schedulable, at: Path): readonly Violation[] {
    const violations = this.judge(input, at);
    if (!input.scheduledTime || input.clientToken) return violations;
    const late = judgeSchedule(input.scheduledTime, this.#now(), CLOCK_TOLERANCE_SECONDS);
    return [...violations, ...late.map((violation) => ({ ...violation, path: [...at, ...violation.path] }))];
  }
}

/** class-validator tells which rules a property breaks; each rule itself tells where and how. */
function violationsOf(error: ValidationError, at: Path): readonly Violation[] {
  const path = [...at, error.property];
  const own = Object.values((error.contexts ?? {}) as Record<string, RuleContext>).flatMap(({ rule }) =>
    judge(rule, error.value, path),
  );
  return [...own, ...(error.children ?? []).flatMap((child) => violationsOf(child, path))];
}
