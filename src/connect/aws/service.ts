import type { ConnectClient } from '@aws-sdk/client-connect';
import type { Answers, CallOptions } from '../call.js';
import type { CallObserver } from '../call-observer.js';
import { CancelledError, type ConnectFault, isConnectFault, UnavailableError } from '../errors.js';
import { CONTACT_ID_LENGTH } from '../limits.js';
import { RATES } from '../rates.js';
import type { CallFacts } from './call-facts.js';
import type { Clients } from './clients.js';
import { inParallel } from './in-parallel.js';
import { toFault } from './to-fault.js';

/**
 * Calls of one batch that are under way at once: as many as DescribeContact takes at once by default, 15. A full chain, of
 * 13 contacts, is described in one wave.
 */
const PARALLEL = RATES.DescribeContact.burst;

/** Makes a call of the SDK. The signal is there where the call may be broken off. */
export type Send<Output> = (client: ConnectClient, options: { readonly abortSignal?: AbortSignal }) => Promise<Output>;

/** Amazon Connect, called through the SDK: errors in the port's words, and nothing that is under way is forgotten. */
export class Service {
  readonly #clients: Clients;
  readonly #observer: CallObserver | undefined;
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  /** @param observer who watches the calls. Omitted: nobody */
  constructor(clients: Clients, observer?: CallObserver) {
    this.#clients = clients;
    this.#observer = observer;
  }

  /** Reads something. The caller's signal breaks it off. */
  read<Output>(call: CallFacts, send: Send<Output>, { signal }: CallOptions = {}): Promise<Output> {
    return this.#call(call, send, signal, signal && { abortSignal: signal });
  }

  /** Changes something. Once it is sent it cannot be taken back, so that the signal counts before that alone. */
  write<Output>(call: CallFacts, send: Send<Output>, { signal }: CallOptions = {}): Promise<Output> {
    return this.#call(call, send, signal, {});
  }

  /** Reads something of each id, once for each that is named twice. What names nothing is answered with null. */
  async readEach<Output, Thing>(
    ids: readonly string[],
    factsOf: (id: string) => CallFacts,
    send: (id: string) => Send<Output>,
    toThing: (output: Output, id: string) => Thing | null,
    options?: CallOptions,
  ): Promise<Answers<Thing>> {
    const distinct = [...new Set(ids)];
    const answers = await inParallel(distinct, PARALLEL, (id) =>
      orNull(id, async () => toThing(await this.read(factsOf(id), send(id), options), id)),
    );
    const byId = new Map(distinct.map((id, index) => [id, answers[index] ?? null]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** Whether calls can be signed. */
  async credentials(): Promise<void> {
    if (this.#closed) throw new UnavailableError();
    try {
      await this.#clients.of().config.credentials();
    } catch (error) {
      throw new UnavailableError({ cause: error });
    }
  }

  /** Waits for what is under way, and lets go of the connections. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    this.#clients.destroy();
  }

  #call<Output>(
    call: CallFacts,
    send: Send<Output>,
    signal: AbortSignal | undefined,
    options: Parameters<Send<Output>>[1] = {},
  ): Promise<Output> {
    const sent = () => this.#send(call, send, signal, options);
    return this.#observer ? this.#observer.observe(call.operation, sent) : sent();
  }

  async #send<Output>(
    call: CallFacts,
    send: Send<Output>,
    signal: AbortSignal | undefined,
    options: Parameters<Send<Output>>[1],
  ): Promise<Output> {
    if (this.#closed) throw new UnavailableError();
    if (signal?.aborted) throw new CancelledError({ cause: signal.reason });
    const sent = send(this.#clients.of(call.instanceId), options);
    this.#underWay.add(sent);
    try {
      return await sent;
    } catch (error) {
      throw toFault(error, call);
    } finally {
      this.#underWay.delete(sent);
    }
  }
}

/** What a read by id answers: null where the id names nothing, also because it is none that the API would take. */
export async function orNull<Thing>(
  id: string,
  read: () => Promise<Thing | null>,
): Promise<Thing | null | ConnectFault> {
  // The SDK can put neither an empty id nor half of a surrogate pair into a path. Contacts have the longest ids but flows,
  // whose bound is the API's to judge.
  if (id.length < CONTACT_ID_LENGTH.min || !id.isWellFormed()) return null;
  try {
    return await read();
  } catch (error) {
    if (!isConnectFault(error)) throw error;
    // An ARN of something else is the caller's mistake; any other text that is no id is one of nothing.
    const namesNothing = error.code === 'InvalidParameterException' && !id.startsWith('arn:');
    return namesNothing || error.code === 'ResourceNotFoundException' ? null : error;
  }
}
