import { LRUCache } from 'lru-cache';
import type { ContactChange } from '../../connect/contact-change.js';
import { type ContactHint, readContactEvent, type UnreadEvent } from './read-event.js';

/**
 * What became of an event. DOUBLE: it came before; LATE: a newer one of its contact came before; FOREIGN: the gateway does not
 * serve its instance; UNKNOWN: it is of another kind; MALFORMED: it is not in the form of a contact event.
 */
export type EventOutcome = 'TAKEN' | 'DOUBLE' | 'LATE' | 'FOREIGN' | 'UNKNOWN' | 'MALFORMED';

/** Where events come from. */
export type EventSource = 'WEBHOOK' | 'QUEUE';

/** Receives what became of each event. */
export interface HintEvents {
  /** @param lagMs from the change to its arrival; undefined for an event that was not taken */
  onEvent(event: {
    readonly source: EventSource;
    readonly kind: ContactHint['kind'] | undefined;
    readonly outcome: EventOutcome;
    readonly lagMs: number | undefined;
  }): void;
}

/** Measures time, and waits. */
export interface HintClock {
  now(): number;
  at(instant: number, action: () => void): () => void;
}

/** Parts of a {@link HintIntake}. */
export interface HintIntakeParts {
  readonly instanceIds: ReadonlySet<string>;
  /** Adds a change to the log of its instance. */
  add(instanceId: string, change: Omit<ContactChange, 'id'>): void;
  /** Drops a contact from the caches, and its chain if `isOfChain`. */
  forget(hint: ContactHint): void;
  readonly clock: HintClock;
  /** The clock of events, in milliseconds since the epoch. */
  readonly wallClock: () => number;
  /** Default: no events. */
  readonly events?: HintEvents | undefined;
}

/** Event ids that are remembered: 100 events a second for 10 minutes. */
const MAX_EVENTS = 60_000;

/** Contacts whose newest event is remembered. */
const MAX_CONTACTS = 50_000;

/** Time between two reads of a contact because of events, in milliseconds. */
const PACE_MS = 1_000;

/** Events that wait for their contact's turn. Beyond it none waits, so that contacts are read more often. */
const MAX_WAITING = 10_000;

/**
 * Takes contact events as hints: each drops its contact from the caches and adds a change, whose followers read the contact anew.
 * A contact has a turn a second: events of it within that second are added together, so that one read answers all.
 */
export class HintIntake {
  readonly #parts: HintIntakeParts;
  readonly #eventIds = new LRUCache<string, true>({ max: MAX_EVENTS });
  readonly #newest = new LRUCache<string, number>({ max: MAX_CONTACTS });
  /** Contacts that have had their turn within the last second, with the events that wait for the next one. */
  readonly #turns = new Map<string, { readonly waiting: ContactHint[]; readonly cancel: () => void }>();
  #waiting = 0;

  constructor(parts: HintIntakeParts) {
    this.#parts = parts;
  }

  /** Takes an event in the envelope of EventBridge. */
  take(envelope: unknown, source: EventSource): EventOutcome {
    const hint = readContactEvent(envelope);
    const outcome = typeof hint === 'string' ? OUTCOMES[hint] : this.#takeHint(hint);
    const isTaken = outcome === 'TAKEN' && typeof hint !== 'string';
    this.#parts.events?.onEvent({
      source,
      kind: typeof hint === 'string' ? undefined : hint.kind,
      outcome,
      lagMs: isTaken ? Math.max(0, this.#parts.wallClock() - hint.occurredAt) : undefined,
    });
    return outcome;
  }

  /** Adds what waits. */
  close(): void {
    for (const [key, turn] of this.#turns) {
      turn.cancel();
      this.#turns.delete(key);
      this.#addAll(turn.waiting);
    }
  }

  #takeHint(hint: ContactHint): EventOutcome {
    const { instanceId, contactId, eventId, occurredAt } = hint;
    if (!this.#parts.instanceIds.has(instanceId)) return 'FOREIGN';
    const id = `${instanceId}\0${eventId}`;
    if (this.#eventIds.has(id)) return 'DOUBLE';
    this.#eventIds.set(id, true);
    const contact = `${instanceId}\0${contactId}`;
    // Events of one second have no order: all of them count.
    if (occurredAt < (this.#newest.get(contact) ?? Number.NEGATIVE_INFINITY)) return 'LATE';
    this.#newest.set(contact, occurredAt);
    this.#inTurn(contact, hint);
    return 'TAKEN';
  }

  #inTurn(contact: string, hint: ContactHint): void {
    const turn = this.#turns.get(contact);
    if (turn && this.#waiting < MAX_WAITING) {
      turn.waiting.push(hint);
      this.#waiting += 1;
      return;
    }
    this.#addAll([hint]);
    if (!turn) this.#begin(contact);
  }

  #begin(contact: string): void {
    const { clock } = this.#parts;
    const cancel = clock.at(clock.now() + PACE_MS, () => {
      const { waiting = [] } = this.#turns.get(contact) ?? {};
      this.#turns.delete(contact);
      if (waiting.length === 0) return;
      this.#waiting -= waiting.length;
      this.#addAll(waiting);
      this.#begin(contact);
    });
    this.#turns.set(contact, { waiting: [], cancel });
  }

  #addAll(hints: readonly ContactHint[]): void {
    const { add, forget } = this.#parts;
    const last = hints.find(({ isOfChain }) => isOfChain) ?? hints.at(-1);
    if (last) forget(last);
    for (const { instanceId, eventId: _, ...change } of hints) add(instanceId, change);
  }
}

const OUTCOMES = { unknown: 'UNKNOWN', malformed: 'MALFORMED' } as const satisfies Record<UnreadEvent, EventOutcome>;
