import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { CallOptions } from '../connect/connect.js';
import { isConnectFault } from '../connect/errors.js';
import { databaseKind } from '../engine/database-url.js';
import { type Control, type ControlRequest, type ControlResult, CONTROLS } from '../engine/decide/control-contact.js';
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
import { type AdjustableClock, MAX_OFFSET_SECONDS } from './adjustable-clock.js';

/** The types that a member of a control's body may have. */
interface Types {
  readonly string: string;
  readonly boolean: boolean;
  readonly number: number;
}

/** Which members a body may have, and of which type. */
type Members = Readonly<Record<string, keyof Types>>;

/** A body that was read by {@link Members}. */
type Read<Of extends Members> = { readonly [Name in keyof Of]?: Types[Of[Name]] };

/**
 * Reads the body of a control: a JSON object with none but the given members, all of them optional; or nothing at all.
 *
 * @throws WireError SerializationException for what is no such JSON, InvalidParameterException for an unknown member
 */
function readControl<Of extends Members>(bytes: unknown, members: Of): Read<Of> {
  const body: JsonObject = readBody(Buffer.isBuffer(bytes) ? bytes : undefined);
  const names = Object.keys(members);
  for (const [name, value] of Object.entries(body)) {
    const type = Object.hasOwn(members, name) ? members[name] : undefined;
    if (type === undefined) {
      const known = names.length === 0 ? 'no members' : names.join(', ');
      throw invalidParameter(`${name.slice(0, 40).toWellFormed()}: not a member here. The body takes ${known}.`);
    }
    if (typeof value !== type) throw serializationError(`${name} must be a ${type}.`);
  }
  return body as Read<Of>;
}

/**
 * Lets callers of this machine pass, and no page of a browser that comes from elsewhere: whoever steers contacts and the
 * clock must be someone who could have started the emulator.
 *
 * @throws WireError AccessDeniedException
 */
export function localOnly({ socket, headers }: Pick<FastifyRequest, 'socket' | 'headers'>): void {
  const { host = '', origin } = headers;
  if (!isLoopback(socket.remoteAddress ?? '') || isRelayed(headers)) {
    throw refused('they are for callers on this machine');
  }
  if (!callsLoopback(headers)) throw refused('they are served by a loopback name or address alone');
  const site = headers['sec-fetch-site'] ?? 'none';
  const isForeign = site !== 'none' && site !== 'same-origin';
  if (isForeign || (origin !== undefined && origin !== `http://${host}`)) {
    throw refused('a page of another site must not reach them');
  }
}

function refused(why: string): WireError {
  return new WireError('AccessDeniedException', 403, `The controls of the emulator refuse this request: ${why}.`);
}

/** What the controls steer. */
export interface ControlsOptions {
  readonly engine: {
    control(control: Control, request: ControlRequest, options?: CallOptions): Promise<ControlResult>;
  };
  /** The engine's clock; undefined where it is not ours to move. */
  readonly clock: AdjustableClock | undefined;
}

/** Where the controls are. No operation of Amazon Connect begins so. */
export const CONTROLS_PATH = '/_emulator';

/** What the body of each control may say. */
const BODIES = {
  enqueue: { queueId: 'string' },
  connect: { userId: 'string' },
  complete: { afterContactWork: 'boolean' },
  endAfterContactWork: {},
} as const satisfies Readonly<Record<Control, Members>>;

/**
 * What agents, flows and time do at Amazon Connect, for whoever tries a frontend against the emulator: a Fastify plugin
 * beside the wire, for an app whose bodies stay bytes. Errors have the form of the wire's. It asks for no signature, and
 * so answers callers on this machine alone.
 *
 *     POST /_emulator/contacts/{instanceId}/{contactId}/{enqueue|connect|complete|endAfterContactWork}
 *     POST /_emulator/clock
 *
 * @example
 * await app.register(controls, { engine, clock, prefix: CONTROLS_PATH });
 */
export async function controls(app: FastifyInstance, { engine, clock }: ControlsOptions): Promise<void> {
  app.addHook('onRequest', async (request) => localOnly(request));

  app.post<{ Params: { instanceId: string; contactId: string; control: string } }>(
    '/contacts/:instanceId/:contactId/:control',
    async ({ params, body }) => {
      const { instanceId, contactId } = params;
      const control = CONTROLS.find((name) => name === params.control);
      if (control === undefined) throw unknownOperation(`There are the controls ${CONTROLS.join(', ')} here.`);
      return engine.control(control, { instanceId, contactId, ...readControl(body, BODIES[control]) });
    },
  );

  app.post('/clock', async ({ body }) => {
    const { advanceSeconds, offsetSeconds } = readControl(body, { advanceSeconds: 'number', offsetSeconds: 'number' });
    if (clock === undefined) {
      throw invalidRequest(
        "On PostgreSQL the database's clock decides, for all replicas: it cannot be moved here. Use DATABASE_URL=file:… to move the clock.",
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

  app.all('/*', async () => {
    throw unknownOperation(
      `There are POST ${CONTROLS_PATH}/contacts/{instanceId}/{contactId}/{control} and POST ${CONTROLS_PATH}/clock here.`,
    );
  });

  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const known = wireErrorOf(error);
    if (known.status >= 500) request.log.error({ err: error }, 'A control of the emulator failed');
    return sendWireError(reply, known);
  });
}

function wireErrorOf(error: FastifyError | Error): WireError {
  if (error instanceof WireError) return error;
  if (!isConnectFault(error)) return httpError(error as FastifyError);
  const { type, status } = toWireError(error, 'Control', (path) => path.join('.'));
  // In the words of the error: members have the names here that the port gives them.
  return new WireError(type, status, error.message, { cause: error });
}

/** What the controls steer of an engine: on PostgreSQL the database's clock decides, which is nobody's here to move. */
export function steering(
  engine: ControlsOptions['engine'],
  clock: AdjustableClock,
  databaseUrl: string,
): ControlsOptions {
  return { engine, clock: databaseKind(databaseUrl) === 'sqlite' ? clock : undefined };
}
