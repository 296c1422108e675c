import { describe, expect, it } from '@jest/globals';
import { controls, CONTROLS_PATH } from '../../src/controls/controls.js';
import { Faults } from '../../src/controls/faults.js';
import { SAMPLE } from '../support/engine.js';
import { send, startTestWire } from '../support/wire.js';

/** An engine behind the AWS API with its controls and faults. */
async function startFaults() {
  const faults = new Faults();
  const wire = await startTestWire({
    wrap: (connect) => faults.around(connect),
    plugin: (app, engine) => app.register(controls, { engine, clock: undefined, faults, prefix: CONTROLS_PATH }),
  });
  return {
    ...wire,
    plan: (body: object) => send(wire.url, 'POST', `${CONTROLS_PATH}/faults`, JSON.stringify(body)),
    clear: () => send(wire.url, 'DELETE', `${CONTROLS_PATH}/faults`),
    list: () => send(wire.url, 'GET', `/contact-flows-summary/${SAMPLE.instanceId}`),
  };
}

describe('POST /_emulator/faults', () => {
  it('plans faults for the next calls of an operation, which DELETE removes', async () => {
    await using server = await startFaults();
    const planned = await server.plan({ operation: 'ListContactFlows', kind: 'throttled', times: 2 });
    expect(planned).toMatchObject({
      status: 200,
      json: { operation: 'ListContactFlows', kind: 'throttled', times: 2 },
    });
    expect(await server.list()).toMatchObject({ status: 429, type: 'ThrottlingException' });
    expect((await server.clear()).status).toBe(200);
    expect((await server.list()).status).toBe(200);
  });

  it('closes the connection in place of an answer', async () => {
    await using server = await startFaults();
    await server.plan({ operation: 'ListContactFlows', kind: 'brokenConnection' });
    await expect(server.list()).rejects.toThrow('fetch failed');
    expect((await server.list()).status).toBe(200);
  });

  it.each([
    [{ kind: 'error' }, 'operation: expected one of StartTaskContact,'],
    [{ operation: 'StopContact', kind: 'slow' }, 'kind: expected one of throttled, error, brokenConnection, latency.'],
    [{ operation: 'StopContact', kind: 'error', times: 0 }, 'times: expected 1 to 10000, but got 0.'],
    [{ operation: 'StopContact', kind: 'latency', latencyMs: -1 }, 'latencyMs: expected 0 or more, but got -1.'],
  ])('refuses %j', async (body, problem) => {
    await using server = await startFaults();
    const { status, type, json } = await server.plan(body);
    expect({ status, type, problem: String(json.Message).slice(0, problem.length) }).toEqual({
      status: 400,
      type: 'InvalidParameterException',
      problem,
    });
  });
});
