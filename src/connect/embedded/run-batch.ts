import { InternalServiceError, OutcomeUnknownError } from '../errors.js';
import type { StartTaskContactRequest, StartTaskContactResult } from '../start-task-contact.js';
import { idsOf } from './contact-ids.js';
import { decideStartTaskContact, keysOf } from './decide/start-task-contact.js';
import type { Quotas } from './decide/state.js';
import { WorkingSet } from './decide/working-set.js';
import type { Outcome } from './group-commit.js';
import { CommitFailedError, type Keys, type Store } from './store/store.js';
import { v7 as uuidv7 } from 'uuid';

type Outcomes = readonly Outcome<StartTaskContactResult>[];

/**
 * Runs a batch of creations in one transaction: read, decide, write. A fault of one request does not touch the others:
 *
 * - Refusals are decided before anything is written.
 * - Where a statement fails, the transaction is rolled back and each request runs again alone, once.
 * - Where COMMIT fails or its answer is lost, nothing runs again: one transaction is all or nothing, so the batch's own
 *   row tells of each request in it.
 */
export async function runBatch(
  store: Store,
  quotas: Quotas,
  requests: readonly StartTaskContactRequest[],
): Promise<Outcomes> {
  const outcomes = await attempt(store, quotas, requests);
  if (!(outcomes instanceof StatementFailure)) return outcomes;
  if (requests.length === 1) return [{ error: new InternalServiceError({ cause: outcomes.cause }) }];
  const alone: Outcome<StartTaskContactResult>[] = [];
  for (const request of requests) alone.push(...(await runBatch(store, quotas, [request])));
  return alone;
}

/** The transaction was rolled back: nothing has happened. */
class StatementFailure {
  constructor(readonly cause: unknown) {}
}

async function attempt(
  store: Store,
  quotas: Quotas,
  requests: readonly StartTaskContactRequest[],
): Promise<Outcomes | StatementFailure> {
  const batchId = uuidv7();
  let decided: Outcomes = [];
  try {
    await store.transaction(async (transaction) => {
      const keys = together(requests.map(keysOf));
      const now = await transaction.instant(keys.instances);
      const state = new WorkingSet(await transaction.load(keys, now), now);
      const nextId = idsOf(now);
      decided = requests.map((request) => {
        const decision = decideStartTaskContact(state, quotas, nextId(), request);
        if ('refusal' in decision) return { error: decision.refusal };
        state.apply(decision.changes);
        return { result: decision.result };
      });
      if (state.written) await transaction.write(batchId, state.written, now);
    });
    return decided;
  } catch (error) {
    if (error instanceof CommitFailedError) return lookUp(store, batchId, decided, requests, error);
    return new StatementFailure(error);
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
  let committed: boolean;
  try {
    committed = await store.hasBatch(batchId);
  } catch {
    return decided.map((outcome, index) =>
      'error' in outcome ? outcome : { error: new OutcomeUnknownError(requests[index]?.clientToken, { cause }) },
    );
  }
  if (committed) return decided;
  return decided.map((outcome) => ('error' in outcome ? outcome : { error: new InternalServiceError({ cause }) }));
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
