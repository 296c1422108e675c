import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway } from '../support/gateway.js';

describe('The example supergraph', () => {
  it('answers from the gateway and from a CRM at once, either of them first', async () => {
    await using gateway = await startTestGateway();
    const args = ['examples/supergraph/main.js', `${gateway.url}/graphql`, '0'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    try {
      const failed = ended.then(([code]) => Promise.reject(new Error(`It ended with ${code}`)));
      const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), failed])) as [string];
      const url = /^The supergraph is at (http:\S+)$/.exec(line)?.[1] ?? '';
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: `query ($id: ID!) {
            customer(id: "C-1001") { name lastContact { state chain { linkedTaskLimit } } }
            connectContact(id: $id) { channel customer { name } }
          }`,
          variables: { id: SAMPLE.voiceContact },
        }),
      });
      expect(await response.json()).toEqual({
        data: {
          customer: { name: 'Ana Silva', lastContact: { state: 'COMPLETED', chain: { linkedTaskLimit: 12 } } },
          connectContact: { channel: 'VOICE', customer: { name: 'Ana Silva' } },
        },
      });
    } finally {
      child.kill();
      await ended.catch(() => {});
    }
  });
});
