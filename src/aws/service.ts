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
import { type CallFacts, isPathSegment, invalidPathId } from './call-facts.js';
import { correctClock } from './clock-skew.js';
import { refuseForeignArns } from './own-instance.js';
import { causeOf, readServiceAnswer } from './service-answer.js';
import { toFault } from './to-fault.js';
import type { AnyClient, Clients } from './transport/clients.js';

/**
 * Maximum number of concurrent calls of one batch: the default burst of DescribeContact, 15. A full chain of 13
 * contacts thus needs one wave.
 */
const PARALLEL = RATES.DescribeContact.burst;

/** Options of a call of the SDK. */
export interface SendOptions {
  /** Present if the call may be aborted. */
  readonly abortSignal?: AbortSignal;
  /** Maximum size of the answer in bytes, see {@link answerBytes}. */
  readonly maxAnswerBytes: number;
}

/** Sends a call of the SDK. */
export type Send<Output> = (client: AnyClient, options: SendOptions) => Promise<Output>;

/**
 * Calls Amazon Connect through the SDK. It converts errors to those of the port, and on close waits for calls in
 * flight.
 */
export class Service {
  readonly #clients: Clients;
  readonly #observer: CallObserver | undefined;
  readonly #inFlight = new Set<Promise<unknown>>();
  readonly #around: AroundCall;
  readonly #scopes = new WeakMap<AnyClient, string>();
  #closed = false;

  /**
   * @param around middleware around each call on the API: each id of a batch, each page of a chain, and each read of
   * the reason of a refusal
   * @param observer receives each call that is sent. Default: none
   */
  constructor(clients: Clients, around: AroundCall = sendAsItIs, observer?: CallObserver) {
    this.#clients = clients;
    this.#around = around;
    this.#observer = observer;
  }

  /** Makes a call that reads. The caller's signal aborts it. */
  read<Output>(call: CallFacts, send: Send<Output>, options?: CallOptions): Promise<Output> {
    return this.#call(call, 'READ', options, (signal) => this.#send(call, send, signal, signal));
  }

  /**
   * Makes a call that changes data. The caller's signal only prevents sending, because a sent change cannot be
   * cancelled.
   */
  write<Output>(call: CallFacts, send: Send<Output>, options?: CallOptions): Promise<Output> {
    return this.#call(call, 'CHANGE', options, (signal) => this.#send({ ...call, changes: true }, send, signal));
  }

  /** Reads each distinct id once. The answer of an id without a resource is null. */
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

  /**
   * Checks that calls can be signed.
   *
   * @throws UnavailableError otherwise
   */
  async credentials(): Promise<void> {
    if (this.#closed) throw new UnavailableError();
    try {
      await this.#clients.of().config.credentials();
    } catch (error) {
      throw new UnavailableError({ cause: error });
    }
  }

  /** Waits for the calls in flight, then closes the connections. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#inFlight);
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
    const missing = invalidPathId(call);
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
   * Returns the account and region that calls count for. Decision: if the credentials do not contain the account, the
   * region alone is the scope, because sharing a budget with too many calls is safer than with too few.
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
      // Without credentials, the call itself reports it.
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
    this.#inFlight.add(sent);
    try {
      return await sent;
    } catch (error) {
      if (correctClock(error, client, systemClockOffset)) {
        // The call was refused before it took effect; a repeat is signed with the right time.
        throw new UnavailableError({ cause: causeOf(call.operation, readServiceAnswer(error)) });
      }
      const fault = toFault(error, call);
      throw fault.code === 'Cancelled' && signal?.aborted ? endOf(signal) : fault;
    } finally {
      this.#inFlight.delete(sent);
    }
  }
}

/** Returns the answer of a read by id: null if the id names nothing, or if the API rejects it as malformed. */
export async function orNull<Thing>(
  id: string,
  read: () => Promise<Thing | null>,
): Promise<Thing | null | ConnectFault> {
  if (!isPathSegment(id)) return null;
  try {
    return await read();
  } catch (error) {
    if (!isConnectFault(error)) throw error;
    // An ARN of another resource is an error of the caller; any other malformed text names nothing.
    const namesNothing = error.code === 'InvalidParameterException' && !id.startsWith('arn:');
    return namesNothing || error.code === 'ResourceNotFoundException' ? null : error;
  }
}
