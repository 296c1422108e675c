import type { Fixtures } from './fixtures.js';
import type { World } from './world.js';

/**
 * What a leg can do beside calling the port: set its clock, choose quotas, find at once by a search what was just made,
 * put a task into a queue as a flow does, offer a file for an attachment.
 */
export type Ability = 'clock' | 'quotas' | 'freshSearch' | 'queueing' | 'attaching';

/** What a rule needs of a leg: a fixture, or an ability. */
export type Need = keyof Fixtures | Ability;

/** One thing that every adapter must, or should, do. */
export interface Rule {
  /** Fixed: topic and what it is about. */
  readonly id: string;
  /** A sentence that begins with MUST where a document says so, with SHOULD where it is our reading. */
  readonly name: string;
  readonly source: string;
  readonly needs: readonly Need[];
  /** Quotas to open the port with; only for rules that need `quotas`. */
  readonly quotas?: ChosenQuotas;
  /** Throws where the rule is broken. */
  holds(world: World): Promise<void>;
}

/** Quotas that a rule chooses. */
export interface ChosenQuotas {
  readonly activeTasks?: number;
  readonly chainTasks?: number;
  readonly scheduleAheadDays?: number;
}

/** The documents that rules come from. */
export const API = 'API reference, StartTaskContact';
export const DECISION = 'Our decision, where the documents are silent';
export const modelOf = (operation: string): string => `Service model, ${operation}`;
export const guideOn = (topic: string): string => `Administrator guide, ${topic}`;

/** What else a rule may state. */
type More = Partial<Pick<Rule, 'needs' | 'quotas'>>;

/** A rule that a document states. */
export function must(id: string, name: string, source: string, holds: Rule['holds'], more: More = {}): Rule {
  return { id, name: `MUST ${name}`, source, needs: [], holds, ...more };
}

/** A rule that is our reading. */
export function should(id: string, name: string, source: string, holds: Rule['holds'], more: More = {}): Rule {
  return { id, name: `SHOULD ${name}`, source, needs: [], holds, ...more };
}
