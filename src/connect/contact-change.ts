/** What may happen to a contact, named after the contact events of Amazon Connect. */
export type ContactChangeKind =
  | 'INITIATED'
  | 'UPDATED'
  | 'QUEUED'
  | 'CONNECTED'
  | 'PAUSED'
  | 'RESUMED'
  | 'DISCONNECTED'
  | 'COMPLETED';

/** The kinds of a task's end without after-contact work, in their order. */
export const END_KINDS: readonly ContactChangeKind[] = ['DISCONNECTED', 'COMPLETED'];

/** One change of a contact, in the order of its log. */
export interface ContactChange {
  /** Its number in the log of its instance; each change has the next one. */
  readonly id: number;
  readonly contactId: string;
  /** The initial contact's id. */
  readonly chainId: string;
  /** Whether all contacts of the chain changed with it, because it changed what they share. */
  readonly isOfChain: boolean;
  readonly kind: ContactChangeKind;
  /** Milliseconds since the epoch. */
  readonly occurredAt: number;
  /** The contact's queue and agent after the change. */
  readonly queueId: string | null;
  readonly userId: string | null;
}

/** The changes that a log holds of an instance, by their numbers. */
export interface LogBounds {
  /** The oldest one that it holds; one more than `newest` if it holds none. */
  readonly oldest: number;
  /** The newest one that there was; 0 if there was none. */
  readonly newest: number;
}

/** Keeps the changes of contacts for some time. */
export interface ChangeLog {
  /** Names the log: numbers of another one mean nothing in it. */
  name(): Promise<string>;
  bounds(instanceId: string): Promise<LogBounds>;
  /**
   * Reads changes in their order.
   *
   * @param after number of the last change before them
   */
  read(instanceId: string, after: number, limit: number): Promise<readonly ContactChange[]>;
  /**
   * Calls a function whenever there may be more changes. Changes that follow from time alone are added while there is such a
   * function.
   *
   * @returns ends that
   */
  follow(onMore: () => void): () => void;
  /** The chains of contacts, as far as the log knows without a call of Amazon Connect: contact id to chain id. */
  chainsOf(instanceId: string, contactIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
