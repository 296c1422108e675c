import { v7 as uuidv7 } from 'uuid';
import { InternalServiceError, OutcomeUnknownError } from '../errors.js';
import type { StartTaskContactRequest, StartTaskContactResult } from '../start-task-contact.js';
import { decideStartTaskContact, keysOf } from './decide/start-task-contact.js';
import type { Quotas } from './decide/state.js';
import { WorkingSet } from './decide/working-set.js';
import type { Outcome } from './group-commit.js';
import { CommitFailedError, type Keys, type Store } from './store/store.js';

type Outcomes = readonly Outcome<StartTaskContactResult>[];

/** What a batch runs by. */
export interface BatchParts {
  readonly store: Store;
  readonly quotas: Quotas;
  /** Gives the next contact's id for an instant. */
  readonly newId: (now: number) => string;
}

/**
 * Runs a batch of creations in one transaction: read, decide, write. A fault of one request does not touch the others:
 *
 * - Refusals are decided before anything is written.
 * - Where a statement fails, the transaction is rolled back and each request runs again alone, once.
 * - Where COMMIT fails or its answer is lost, nothing runs again: one transaction is all or nothing, so the batch's own
 *   row tells of each request in it.
 */
export async function runBatch(parts: BatchParts, requests: readonly StartTaskContactRequest[]): Promise<Outcomes> {
  const outcomes = await attempt(parts, requests);
  if (!(outcomes instanceof StatementFailure)) return outcomes;
  if (requests.length === 1) return [{ error: new InternalServiceError({ cause: outcomes.cause }) }];
  const alone: Outcome<StartTaskContactResult>[] = [];
  for (const request of requests) alone.push(...(await runBatch(parts, [request])));
  return alone;
}

/** The transaction was rolled back: nothing has happened. */
class StatementFailure {
  constructor(readonly cause: unknown) {}
}

async function attempt(
  { store, quotas, newId }: BatchParts,
  requests: readonly StartTaskContactRequest[],
): Promise<Outcomes | StatementFailure> {
  const batchId = uuidv7();
  let decided: Outcomes = [];
  /** The decisions before the first change rest on stored rows alone, whatever becomes of the transaction. */
  let firstChange: number | undefined;
  try {
    await store.transaction(async (transaction) => {
      const keys = together(requests.map(keysOf));
      const now = await transaction.instant(keys.instances);
      const state = new WorkingSet(await transaction.load(keys, now), now);
      decided = requests.map((request, index) => {
        const decision = decideStartTaskContact(state, quotas, newId(now), request);
        if ('refusal' in decision) return { error: decision.refusal };
        if (decision.changes.length > 0) firstChange ??= index;
        state.apply(decision.changes);
        return { result: decision.result };
      });
      if (state.written) await transaction.write(batchId, state.written, now);
    });
    return decided;
  } catch (error) {
    if (!(error instanceof CommitFailedError)) return new StatementFailure(error);
    const standing = decided.slice(0, firstChange);
    const from = standing.length;
    return [...standing, ...(await lookUp(store, batchId, decided.slice(from), requests.slice(from), error))];
  }
}

/** Answers what was decided where the batch is found, and a failure where it is not. */
async function lookUp(
  store: Store,
  batchId: string,
  decided: Outcomes,
  requests: readonly StartTaskContactRequest[],
  cause: CommitFailedError,
): Promise<Outcomes> {
  // A refusal stores nothing, but may rest on a creation of the same batch: a place that it took, a token that it used.
  const failed = { error: new InternalServiceError({ cause }) };
  let committed: boolean;
  try {
    committed = await store.hasBatch(batchId);
  } catch {
    return decided.map((outcome, index) =>
      'error' in outcome ? failed : { error: new OutcomeUnknownError(requests[index]?.clientToken, { cause }) },
    );
  }
  return committed ? decided : decided.map(() => failed);
}

function together(keys: readonly Keys[]): Keys {
  return {
    instances: [...new Set(keys.flatMap((one) => one.instances))].sort(),
    contactFlows: keys.flatMap((one) => one.contactFlows),
    quickConnects: keys.flatMap((one) => one.quickConnects),
    taskTemplates: keys.flatMap((one) => one.taskTemplates),
    contacts: keys.flatMap((one) => one.contacts),
    tokens: keys.flatMap((one) => one.tokens),
  };
}
