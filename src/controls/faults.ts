import { setTimeout as sleep } from 'node:timers/promises';
import type { Answers, CallOptions, Connect } from '../connect/connect.js';
import { type ConnectFault, InternalServiceError, ThrottlingError } from '../connect/errors.js';
import {
  type AnyRequest,
  type DecorateMethod,
  idsOf,
  METHODS,
  type Method,
  type MethodFacts,
  withEachMethod,
  withIds,
} from '../connect/methods.js';
import type { RatedOperation } from '../connect/rates.js';
import { BrokenConnectionError } from '../wire/broken-connection.js';

/** The kinds of a fault. */
export const FAULT_KINDS = ['throttled', 'error', 'brokenConnection', 'latency'] as const;

/** How a call fails: throttled, with HTTP 500, by a connection that breaks, or late. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault for the next calls of an operation. */
export interface Fault {
  readonly kind: FaultKind;
  /** Number of calls, 1 to 10,000. A read of several contacts counts each. Default: 1. */
  readonly times?: number;
  /** For `error` and `brokenConnection`: whether the call takes effect, and its answer is lost. Default: false. */
  readonly after?: boolean;
  /** Delay of the call, in milliseconds. Default: 1000 for `latency`, else 0. */
  readonly latencyMs?: number;
}

/** Maximum of `times`. */
const MAX_TIMES = 10_000;

/** Default delay of `latency`, in milliseconds. */
const LATENCY_MS = 1_000;

/** The operations of the API that faults can be set for. */
export const FAULT_OPERATIONS: readonly RatedOperation[] = [
  ...new Set(Object.values(METHODS).map(({ operation }) => operation)),
];

/** Faults that the next calls of operations get, to try how a client handles them. */
export class Faults {
  readonly #planned = new Map<RatedOperation, Fault[]>();

  /**
   * Plans a fault for the next calls of an operation, after those that are planned already.
   *
   * @throws RangeError for other times or a negative delay
   */
  next(operation: RatedOperation, fault: Fault): void {
    const { times = 1, latencyMs = 0 } = fault;
    if (!Number.isInteger(times) || times < 1 || times > MAX_TIMES) {
      throw new RangeError(`times: expected 1 to ${MAX_TIMES}, but got ${times}.`);
    }
    if (!(latencyMs >= 0)) throw new RangeError(`latencyMs: expected 0 or more, but got ${latencyMs}.`);
    const planned = this.#planned.get(operation) ?? [];
    this.#planned.set(operation, [...planned, ...Array.from({ length: times }, () => fault)]);
  }

  /** Removes all planned faults. */
  clear(): void {
    this.#planned.clear();
  }

  /** Returns a port whose calls get the planned faults. */
  around(port: Connect): Connect {
    return withEachMethod(port, (method, facts, name) =>
      facts.batch === undefined ? this.#one(method, facts, name) : this.#byIds(method, facts, name),
    );
  }

  readonly #one: DecorateMethod =
    (method, { operation }) =>
    async (request, options) => {
      const fault = this.#take(operation);
      if (fault === undefined) return method(request, options);
      await delay(fault, options);
      const error = errorOf(fault);
      if (error === undefined) return method(request, options);
      if (fault.after) await method(request, options);
      throw error;
    };

  /** Of several ids the first ones get the faults. */
  readonly #byIds: DecorateMethod =
    <Request extends AnyRequest, Result>(method: Method<Request, Result>, facts: MethodFacts) =>
    async (request: Request, options?: CallOptions) => {
      const ids = idsOf(request, facts);
      const faults = ids.map(() => this.#take(facts.operation));
      await Promise.all(faults.map((fault) => fault && delay(fault, options)));
      const errors = faults.map((fault) => fault && errorOf(fault));
      if (errors.every((error) => error === undefined)) return method(request, options);
      const served = ids.filter((_, index) => errors[index] === undefined);
      const answers =
        served.length === 0 ? [] : [...((await method(withIds(request, facts, served), options)) as Answers<unknown>)];
      return errors.map((error) => error ?? answers.shift()) as Result;
    };

  #take(operation: RatedOperation): Fault | undefined {
    return this.#planned.get(operation)?.shift();
  }
}

async function delay({ kind, latencyMs }: Fault, options: CallOptions | undefined): Promise<void> {
  const milliseconds = latencyMs ?? (kind === 'latency' ? LATENCY_MS : 0);
  if (milliseconds > 0) await sleep(milliseconds, undefined, options?.signal && { signal: options.signal });
}

function errorOf({ kind }: Fault): ConnectFault | undefined {
  switch (kind) {
    case 'throttled':
      return new ThrottlingError(1_000);
    case 'error':
      return new InternalServiceError();
    case 'brokenConnection':
      return new BrokenConnectionError();
    case 'latency':
      return undefined;
  }
}
