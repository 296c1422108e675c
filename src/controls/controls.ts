import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { CallOptions } from '../connect/connect.js';
import { isConnectFault } from '../connect/errors.js';
import { databaseKind } from '../util/database-url.js';
import { type Control, type ControlRequest, type ControlResult, CONTROLS } from '../engine/decide/control-contact.js';
import type { Attachments } from '../engine/files/attachments.js';
import type { TakeNextRequest } from '../engine/take-next.js';
import { callsLoopback, isLoopback, isRelayed } from '../util/loopback.js';
import { type JsonObject, readBody } from '../wire/read-json.js';
import {
  httpError,
  invalidParameter,
  invalidRequest,
  serializationError,
  toWireError,
  unknownOperation,
  WireError,
} from '../wire/wire-error.js';
import { sendWireError } from '../wire/wire.js';
import { FAULT_KINDS, FAULT_OPERATIONS, type Faults } from './faults.js';
import { uploads } from './uploads.js';
import { type AdjustableClock, MAX_OFFSET_SECONDS } from './adjustable-clock.js';

/** Types of the members of a control's body. */
interface Types {
  readonly string: string;
  readonly boolean: boolean;
  readonly number: number;
}

/** Members of a body, with their types. */
type Members = Readonly<Record<string, keyof Types>>;

/** A body read by {@link Members}. */
type Read<Of extends Members> = { readonly [Name in keyof Of]?: Types[Of[Name]] };

/**
 * Reads the body of a control: empty, or a JSON object of the given members, all optional.
 *
 * @throws WireError SerializationException for other JSON, InvalidParameterException for an unknown member
 */
function readControl<Of extends Members>(bytes: unknown, members: Of): Read<Of> {
  const body: JsonObject = readBody(Buffer.isBuffer(bytes) ? bytes : undefined);
  const names = Object.keys(members);
  for (const [name, value] of Object.entries(body)) {
    const type = Object.hasOwn(members, name) ? members[name] : undefined;
    if (type === undefined) {
      const known = names.length === 0 ? 'no members' : names.join(', ');
      throw invalidParameter(`${name.slice(0, 40).toWellFormed()}: not a member of this body, which has ${known}.`);
    }
    if (typeof value !== type) throw serializationError(`${name} must be a ${type}.`);
  }
  return body as Read<Of>;
}

/**
 * Refuses callers on other machines and pages of other sites: only users of this machine, who could start the emulator
 * themselves, may move contacts and the clock.
 *
 * @throws WireError AccessDeniedException
 */
export function localOnly({ socket, headers }: Pick<FastifyRequest, 'socket' | 'headers'>): void {
  const { host = '', origin } = headers;
  if (!isLoopback(socket.remoteAddress ?? '') || isRelayed(headers)) {
    throw refused('they serve callers on this machine only');
  }
  if (!callsLoopback(headers)) throw refused('call them by a loopback name or address');
  const site = headers['sec-fetch-site'] ?? 'none';
  const isForeign = site !== 'none' && site !== 'same-origin';
  if (isForeign || (origin !== undefined && origin !== `http://${host}`)) {
    throw refused('pages of other sites may not call them');
  }
}

function refused(why: string): WireError {
  return new WireError('AccessDeniedException', 403, `The controls of the emulator refuse this request: ${why}.`);
}

/** What the controls act on. */
export interface ControlsOptions {
  readonly engine: {
    control(control: Control, request: ControlRequest, options?: CallOptions): Promise<ControlResult>;
    takeNext(request: TakeNextRequest, options?: CallOptions): Promise<ControlResult | undefined>;
    /** The files of contacts; undefined if the engine keeps none. */
    readonly attachments: Attachments | undefined;
  };
  /** The engine's clock; undefined if it cannot be moved. */
  readonly clock: AdjustableClock | undefined;
  /** Faults for calls of the AWS API server. Default: none can be planned. */
  readonly faults?: Faults | undefined;
}

/** Path prefix of the controls. No operation of Amazon Connect begins with it. */
export const CONTROLS_PATH = '/_emulator';

/** Members of each control's body. */
const BODIES = {
  enqueue: { queueId: 'string' },
  connect: { userId: 'string' },
  complete: { afterContactWork: 'boolean' },
  endAfterContactWork: {},
} as const satisfies Readonly<Record<Control, Members>>;

/**
 * Plays agents, flows and time, to try a frontend against every state of a contact. A Fastify plugin beside the AWS API,
 * for an app that leaves bodies as bytes. Errors have the form of the AWS API. It verifies no signature, and so serves
 * callers on this machine alone.
 *
 *     POST /_emulator/contacts/{instanceId}/{contactId}/{enqueue|connect|complete|endAfterContactWork}
 *     POST /_emulator/queues/{instanceId}/{queueId}/next
 *     POST /_emulator/clock
 *     POST /_emulator/faults, DELETE /_emulator/faults
 *     POST /_emulator/attachments, PUT /_emulator/attachments/{token}
 *
 * @example
 * await app.register(controls, { engine, clock, prefix: CONTROLS_PATH });
 */
export async function controls(app: FastifyInstance, { engine, clock, faults }: ControlsOptions): Promise<void> {
  app.addHook('onRequest', async (request) => localOnly(request));

  app.post<{ Params: { instanceId: string; contactId: string; control: string } }>(
    '/contacts/:instanceId/:contactId/:control',
    async ({ params, body }) => {
      const { instanceId, contactId } = params;
      const control = CONTROLS.find((name) => name === params.control);
      if (control === undefined) throw unknownOperation(`The controls are ${CONTROLS.join(', ')}.`);
      return engine.control(control, { instanceId, contactId, ...readControl(body, BODIES[control]) });
    },
  );

  app.post<{ Params: { instanceId: string; queueId: string } }>(
    '/queues/:instanceId/:queueId/next',
    async ({ params, body }) => {
      const { instanceId, queueId } = params;
      const taken = await engine.takeNext({ instanceId, queueId, ...readControl(body, { userId: 'string' }) });
      return taken ?? { contactId: null };
    },
  );

  app.post('/clock', async ({ body }) => {
    const { advanceSeconds, offsetSeconds } = readControl(body, { advanceSeconds: 'number', offsetSeconds: 'number' });
    if (clock === undefined) {
      throw invalidRequest(
        "On PostgreSQL the database's clock decides for all replicas, and cannot be moved. Use DATABASE_URL=file:… to move the clock.",
      );
    }
    if (advanceSeconds !== undefined && offsetSeconds !== undefined) {
      throw invalidRequest('Expected at most one of advanceSeconds and offsetSeconds, but got both.');
    }
    const wanted = offsetSeconds ?? clock.offsetSeconds + (advanceSeconds ?? 0);
    if (Math.abs(wanted) > MAX_OFFSET_SECONDS) {
      throw invalidParameter(
        `Expected a clock at most ${MAX_OFFSET_SECONDS} seconds ahead or behind, but got ${wanted}.`,
      );
    }
    clock.offsetSeconds = wanted;
    return { now: new Date(clock.now()).toISOString(), offsetSeconds: clock.offsetSeconds };
  });

  if (faults) {
    app.post('/faults', async ({ body }) => planFault(faults, body));
    app.delete('/faults', async () => {
      faults.clear();
      return {};
    });
  }

  app.all('/*', async () => {
    throw unknownOperation(
      `The paths are POST ${CONTROLS_PATH}/contacts/{instanceId}/{contactId}/{control}, POST ${CONTROLS_PATH}/queues/{instanceId}/{queueId}/next, POST ${CONTROLS_PATH}/clock and POST ${CONTROLS_PATH}/attachments.`,
    );
  });

  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const known = wireErrorOf(error);
    if (known.status >= 500) request.log.error({ err: error }, 'A control of the emulator failed');
    return sendWireError(reply, known);
  });

  // After the error handler, which it inherits.
  await app.register(uploads, { attachments: engine.attachments });
}

/** Plans the fault that a body describes. */
function planFault(faults: Faults, body: unknown): object {
  const read = readControl(body, {
    operation: 'string',
    kind: 'string',
    times: 'number',
    after: 'boolean',
    latencyMs: 'number',
  });
  const operation = FAULT_OPERATIONS.find((name) => name === read.operation);
  const kind = FAULT_KINDS.find((name) => name === read.kind);
  if (operation === undefined) throw invalidParameter(`operation: expected one of ${FAULT_OPERATIONS.join(', ')}.`);
  if (kind === undefined) throw invalidParameter(`kind: expected one of ${FAULT_KINDS.join(', ')}.`);
  const { times = 1, after, latencyMs } = read;
  try {
    faults.next(operation, {
      kind,
      times,
      ...(after !== undefined && { after }),
      ...(latencyMs !== undefined && { latencyMs }),
    });
  } catch (error) {
    throw invalidParameter((error as Error).message);
  }
  return { operation, kind, times };
}

function wireErrorOf(error: FastifyError | Error): WireError {
  if (error instanceof WireError) return error;
  if (!isConnectFault(error)) return httpError(error as FastifyError);
  const { type, status } = toWireError(error, 'Control', (path) => path.join('.'));
  // Keeps the message of the error: the controls name members like the port does.
  return new WireError(type, status, error.message, { cause: error });
}

/** Selects what the controls act on. On PostgreSQL the database's clock decides, and it cannot be moved. */
export function steering(
  engine: ControlsOptions['engine'],
  clock: AdjustableClock,
  databaseUrl: string,
  faults?: Faults,
): ControlsOptions {
  return { engine, clock: databaseKind(databaseUrl) === 'sqlite' ? clock : undefined, faults };
}
