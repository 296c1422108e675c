import { v7 as uuidv7 } from 'uuid';
import { OutcomeUnknownError } from '../../connect/errors.js';
import { databaseFault } from '../faults.js';
import { NO_KEYS } from '../decide/found.js';
import type { Circumstances, Decision, Operation } from '../decide/operation.js';
import type { Quotas } from '../decide/state.js';
import { WorkingSet } from './working-set.js';
import { BatchedRequest, type Outcome } from './group-commit.js';
import { CommitFailedError, type Keys, type Store, StoreUnreachableError } from '../store/store.js';

/** A request of any operation, with its decision. */
export class Command extends BatchedRequest<unknown> {
  readonly keys: Keys;
  readonly size: number;
  readonly clientToken: string | undefined;
  readonly decide: (circumstances: Circumstances) => Decision<unknown>;

  private constructor(members: Pick<Command, 'keys' | 'size' | 'clientToken' | 'decide' | 'signal'>) {
    super(members.signal);
    this.keys = members.keys;
    this.size = members.size;
    this.clientToken = members.clientToken;
    this.decide = members.decide;
  }

  static of<Request extends object>(
    operation: Operation<Request, unknown>,
    request: Request,
    signal: AbortSignal | undefined,
  ): Command {
    return new Command({
      keys: operation.keysOf(request),
      size: operation.sizeOf(request),
      clientToken: (request as { readonly clientToken?: string }).clientToken,
      decide: (circumstances) => operation.decide(circumstances, request),
      signal,
    });
  }
}

type Outcomes = readonly Outcome<unknown>[];

/** The parts that batches need. */
export interface BatchParts {
  readonly store: Store;
  readonly quotas: Quotas;
  /** Returns the next contact's id for an instant. */
  readonly newId: (now: number) => string;
}

/**
 * Runs a batch of commands in one transaction: read, decide, write. A fault of one request does not affect the others:
 *
 * - Refusals are decided before anything is written.
 * - After a failed statement the transaction is rolled back, and each request runs again alone, once. If the store is
 *   unreachable then, the remaining requests fail without a further attempt.
 * - After a failed COMMIT, or one whose answer is lost, nothing runs again, because the transaction is atomic. The
 *   batch's own row shows whether it was committed.
 */
export async function runBatch(parts: BatchParts, commands: readonly Command[]): Promise<Outcomes> {
  const outcomes = await attempt(parts, commands);
  if (!(outcomes instanceof StatementFailure)) return outcomes;
  if (commands.length === 1) return [failed(outcomes)];
  const alone: Outcome<unknown>[] = [];
  for (const command of commands) {
    const outcome = await attempt(parts, [command]);
    if (!(outcome instanceof StatementFailure)) {
      alone.push(...outcome);
      continue;
    }
    alone.push(failed(outcome));
    if (outcome.cause instanceof StoreUnreachableError) break;
  }
  const [last] = alone.slice(-1);
  return commands.map((_, index) => alone[index] ?? (last as Outcome<unknown>));
}

/** A statement failed. The transaction was rolled back, so nothing has changed. */
class StatementFailure {
  constructor(readonly cause: unknown) {}
}

function failed({ cause }: StatementFailure): Outcome<unknown> {
  return { error: databaseFault(cause) };
}

async function attempt(
  { store, quotas, newId }: BatchParts,
  commands: readonly Command[],
): Promise<Outcomes | StatementFailure> {
  const batchId = uuidv7();
  let decided: Outcomes = [];
  /** Decisions before the first change depend on stored rows only, so they hold even if the transaction fails. */
  let firstChange: number | undefined;
  try {
    await store.transaction(async (transaction) => {
      const keys = combined(commands.map((command) => command.keys));
      const now = await transaction.instant(keys.instances);
      const state = new WorkingSet(await transaction.load(keys, now), now);
      decided = commands.map((command, index) => {
        const decision = command.decide({ state, quotas, newId: newId(now) });
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
    return [...standing, ...(await lookUp(store, batchId, decided.slice(from), commands.slice(from), error))];
  }
}

/** Returns the decided outcomes if the batch is found, otherwise failures. */
async function lookUp(
  store: Store,
  batchId: string,
  decided: Outcomes,
  commands: readonly Command[],
  cause: CommitFailedError,
): Promise<Outcomes> {
  // A refusal stores nothing, but it may depend on a change of the same batch, such as a used place or token.
  const failure = { error: databaseFault(cause) };
  let committed: boolean;
  try {
    committed = await store.hasBatch(batchId);
  } catch {
    return decided.map((outcome, index) =>
      'error' in outcome ? failure : { error: new OutcomeUnknownError(commands[index]?.clientToken, { cause }) },
    );
  }
  return committed ? decided : decided.map(() => failure);
}

function combined(all: readonly Keys[]): Keys {
  const entries = Object.keys(NO_KEYS).map((kind) => [
    kind,
    all.flatMap((keys) => keys[kind as keyof Keys] as never[]),
  ]);
  const keys = Object.fromEntries(entries) as Keys;
  return { ...keys, instances: [...new Set(keys.instances)].sort() };
}
