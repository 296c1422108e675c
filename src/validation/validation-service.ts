import { SCHEDULE_AHEAD_DAYS } from '../connect/limits.js';
import type { Path, Violation } from '../connect/violation.js';
import { withCompiledPlan } from './compiled-plan.js';
import type { RuleChoice } from './conforms.js';
import { classValidator, type InputValidator } from './input-validator.js';
import { checkSchedule } from './requests/start-task-contact.js';

/** Options of a {@link ValidationService}. */
export interface ValidationOptions extends RuleChoice {
  /** Returns the present instant, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Maximum number of days until a scheduled task starts. Default: 6. */
  readonly scheduleAheadDays?: number;
}

/** An input whose scheduled time depends on the clock. */
interface Schedulable {
  readonly scheduledTime?: Date | null;
  readonly clientToken?: string | null;
}

/**
 * Seconds that a scheduled time may lie outside its bounds here. The port checks it again by the clock that counts; without
 * a tolerance, a gateway whose clock is slightly ahead would refuse a task for "now".
 */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Validates the inputs of clients: reports every violation at once, each with its path. */
export class ValidationService {
  /** Finds the violations of an input; see {@link InputValidator}. */
  readonly validate: InputValidator;
  readonly #now: () => number;
  readonly #scheduleAheadDays: number;

  constructor({ now, scheduleAheadDays = SCHEDULE_AHEAD_DAYS, ...choice }: ValidationOptions) {
    const reference = classValidator(choice);
    // A fast path (docs/performance.md): `this.validate = reference` does the same without it.
    this.validate = withCompiledPlan(choice, reference);
    this.#now = now;
    this.#scheduleAheadDays = scheduleAheadDays;
  }

  /**
   * Validates an input with a scheduled time, unless the input has a client token: the port then checks the time after it has
   * looked up the token, so that a late repeat returns the first contact.
   */
  validateSchedulable(input: Schedulable, at: Path): readonly Violation[] {
    const violations = this.validate(input, at);
    if (!input.scheduledTime || input.clientToken) return violations;
    return [...violations, ...this.validateSchedule(input, at)];
  }

  /** Validates the scheduled time of an input by the clock. */
  validateSchedule({ scheduledTime }: Schedulable, at: Path): readonly Violation[] {
    if (!scheduledTime) return [];
    const late = checkSchedule(scheduledTime, this.#now(), this.#scheduleAheadDays, CLOCK_TOLERANCE_SECONDS);
    return late.map((violation) => ({ ...violation, path: [...at, ...violation.path] }));
  }
}
