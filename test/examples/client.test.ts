import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { ConnectContactLinkInput, ConnectFlowSourceInput } from '../../examples/client/generated.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

/** Runs the example as a person would, and answers what it prints. */
async function runExample(gateway: TestGateway, ...args: string[]) {
  const child = spawn(process.execPath, ['examples/client/main.ts', `${gateway.url}/graphql`, ...args]);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [output, problems, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { output, problems, code };
}

describe('The example client', () => {
  it('creates a task and prints its chain', async () => {
    await using gateway = await startTestGateway();
    const { output, problems, code } = await runExample(gateway);
    expect({ problems, code }).toEqual({ problems: '', code: 0 });
    expect(output.split('\n')).toEqual([
      `Chain ${SAMPLE.voiceContact}: 1 of 12 linked tasks`,
      '  customerId = C-1001',
      '  - VOICE COMPLETED',
      '  * TASK INITIATED Call Ana Silva back',
      '',
    ]);
  });

  it('prints what is wrong', async () => {
    await using gateway = await startTestGateway();
    const { output, problems, code } = await runExample(gateway, 'absent');
    expect({ output, code }).toEqual({ output: '', code: 1 });
    expect(problems).toMatch(/^NOT_FOUND at input\.link\.previousContactId: Contact not found\./);
  });
});

describe('The types of a client', () => {
  it('take exactly one flow source, and exactly one link', () => {
    const flow: ConnectFlowSourceInput = { contactFlowId: 'a' };
    const link: ConnectContactLinkInput = { relatedContactId: 'a' };
    // @ts-expect-error Two are more than one.
    const two: ConnectFlowSourceInput = { contactFlowId: 'a', quickConnectId: 'b' };
    // @ts-expect-error None is not one.
    const none: ConnectFlowSourceInput = {};
    // @ts-expect-error Null is not one either.
    const nothing: ConnectContactLinkInput = { relatedContactId: null };
    expect([flow, link, two, none, nothing]).toHaveLength(5);
  });
});
