import { type AroundCall, type CallObserver, type Send as SendCall, sendAsItIs } from '../connect/api-call.js';
import type { Answers, CallOptions } from '../connect/call.js';
import {
  type ConnectFault,
  endOf,
  isConnectFault,
  ResourceNotFoundError,
  UnavailableError,
} from '../connect/errors.js';
import type { MethodKind } from '../connect/methods.js';
import { RATES } from '../connect/rates.js';
import { given } from '../util/given.js';
import { eachOnce } from '../util/in-parallel.js';
import { answerBytes } from './answer-bytes.js';
import { type CallFacts, isPlaceable, unplaceable } from './call-facts.js';
import { correctClock } from './clock-skew.js';
import { refuseForeignArns } from './own-instance.js';
import { causeOf, readServiceAnswer } from './service-answer.js';
import { toFault } from './to-fault.js';
import type { AnyClient, Clients } from './transport/clients.js';

/**
 * Calls of one batch that are under way at once: as many as DescribeContact takes at once by default, 15. A full chain, of
 * 13 contacts, is described in one wave.
 */
const PARALLEL = RATES.DescribeContact.burst;

/** How a call of the SDK is sent. */
export interface SendOptions {
  /** Present where the call may be broken off. */
  readonly abortSignal?: AbortSignal;
  /** See {@link answerBytes}. */
  readonly maxAnswerBytes: number;
}

/** Makes a call of the SDK. */
export type Send<Output> = (client: AnyClient, options: SendOptions) => Promise<Output>;

/** Amazon Connect, called through the SDK: errors in the port's words, and nothing that is under way is forgotten. */
export class Service {
  readonly #clients: Clients;
  readonly #observer: CallObserver | undefined;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #around: AroundCall;
  readonly #scopes = new WeakMap<AnyClient, string>();
  #closed = false;

  /**
   * @param around what stands between the adapter and each call on the API, so that it meets every one that is made:
   * each id of a batch, each page of a chain, and each look at what a refusal meant
   * @param observer who watches each call that is sent. Omitted: nobody
   */
  constructor(clients: Clients, around: AroundCall = sendAsItIs, observer?: CallObserver) {
    this.#clients = clients;
    this.#around = around;
    this.#observer = observer;
  }

  /** Reads something. The caller's signal breaks it off. */
  read<Output>(call: CallFacts, send: Send<Output>, options?: CallOptions): Promise<Output> {
    return this.#call(call, 'READ', options, (signal) => this.#send(call, send, signal, signal));
  }

  /** Changes something. Once it is sent it cannot be taken back, so that the signal counts before that alone. */
  write<Output>(call: CallFacts, send: Send<Output>, options?: CallOptions): Promise<Output> {
    return this.#call(call, 'CHANGE', options, (signal) => this.#send({ ...call, changes: true }, send, signal));
  }

  /** Reads something of each id, once for each that is named twice. What names nothing is answered with null. */
  readEach<Output, Thing>(
    ids: readonly string[],
    factsOf: (id: string) => CallFacts,
    send: (id: string) => Send<Output>,
    toThing: (output: Output, id: string) => Thing | null,
    options?: CallOptions,
  ): Promise<Answers<Thing>> {
    return eachOnce(ids, PARALLEL, (id) =>
      orNull(id, async () => toThing(await this.read(factsOf(id), send(id), options), id)),
    );
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

  async #call<Output>(
    call: CallFacts,
    kind: MethodKind,
    options: CallOptions = {},
    send: SendCall<Output>,
  ): Promise<Output> {
    const { operation, instanceId, creation } = call;
    refuseForeignArns(call);
    const missing = unplaceable(call);
    if (missing) throw new ResourceNotFoundError(missing.resource, missing.id, missing.member);
    const client = this.#clients.of(instanceId);
    const scope = this.#scopes.get(client) ?? (await this.#findScope(client));
    const observer = this.#observer;
    return this.#around(
      { operation, scope, kind, options, ...given({ clientToken: creation?.clientToken }) },
      observer ? (signal) => observer.observe(operation, () => send(signal)) : send,
    );
  }

  /**
   * The account and the region that calls are counted for. Where the credentials do not tell the account, the region
   * stands for both (our decision): those that share a budget then share it with too many rather than with too few.
   */
  async #findScope(client: AnyClient): Promise<string> {
    try {
      const [region, { accountId = '' }] = await Promise.all([
        client.config.region(),
        client.config.credentials() as Promise<{ readonly accountId?: string }>,
      ]);
      const scope = `${region} ${accountId}`.trim();
      this.#scopes.set(client, scope);
      return scope;
    } catch {
      // Without credentials the call itself says so.
      return '';
    }
  }

  async #send<Output>(
    call: CallFacts,
    send: Send<Output>,
    signal: AbortSignal | undefined,
    abortSignal?: AbortSignal,
  ): Promise<Output> {
    if (this.#closed) throw new UnavailableError();
    if (signal?.aborted) throw endOf(signal);
    const client = this.#clients.of(call.instanceId);
    const { systemClockOffset } = client.config;
    const maxAnswerBytes = answerBytes(call.operation);
    const sent = send(client, { maxAnswerBytes, ...(abortSignal && { abortSignal }) });
    this.#underWay.add(sent);
    try {
      return await sent;
    } catch (error) {
      if (correctClock(error, client, systemClockOffset)) {
        // Refused before anything was done: a repeat is signed with the right time.
        throw new UnavailableError({ cause: causeOf(call.operation, readServiceAnswer(error)) });
      }
      const fault = toFault(error, call);
      throw fault.code === 'Cancelled' && signal?.aborted ? endOf(signal) : fault;
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
  if (!isPlaceable(id)) return null;
  try {
    return await read();
  } catch (error) {
    if (!isConnectFault(error)) throw error;
    // An ARN of something else is the caller's mistake; any other text that is no id is one of nothing.
    const namesNothing = error.code === 'InvalidParameterException' && !id.startsWith('arn:');
    return namesNothing || error.code === 'ResourceNotFoundException' ? null : error;
  }
}
