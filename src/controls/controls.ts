import type { FastifyError, FastifyInstance } from 'fastify';
import { CONTROLS, type Control, type ControlResult } from '../engine/decide/control-contact.js';
import type { ControlRequest } from '../engine/decide/control-contact.js';
import type { CallOptions } from '../connect/connect.js';
import { isConnectFault } from '../connect/errors.js';
import { httpError } from '../wire/http-error.js';
import { sendWireError } from '../wire/wire.js';
import { invalidParameter, invalidRequest, toWireError, unknownOperation, WireError } from '../wire/wire-error.js';
import { type AdjustableClock, MAX_OFFSET_SECONDS } from './adjustable-clock.js';
import { localOnly } from './local-only.js';
import { type Members, readControl } from './read-control.js';

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
