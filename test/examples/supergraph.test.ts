import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { TestIssuer } from '../support/issuer.js';

/** Starts the example over a gateway. */
async function startExample(gateway: TestGateway) {
  const args = ['examples/supergraph/main.js', `${gateway.url}/graphql`, '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const failed = ended.then(([code]) => Promise.reject(new Error(`It ended with ${code}`)));
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), failed])) as [string];
  const url = /^The supergraph is at (http:\S+)$/.exec(line)?.[1] ?? '';
  return {
    async ask(body: object, headers: object = {}): Promise<unknown> {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return response.json();
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await failed.catch(() => {});
    },
  };
}

describe('The example supergraph', () => {
  it('answers from the gateway and from a CRM at once, either of them first', async () => {
    await using gateway = await startTestGateway();
    await using example = await startExample(gateway);
    const answer = await example.ask({
      query: `query ($id: ID!) {
        customer(id: "C-1001") { name lastContact { state chain { linkedTaskLimit } } }
        connectContact(id: $id) { channel customer { name } }
      }`,
      variables: { id: SAMPLE.voiceContact },
    });
    expect(answer).toEqual({
      data: {
        customer: { name: 'Ana Silva', lastContact: { state: 'COMPLETED', chain: { linkedTaskLimit: 12 } } },
        connectContact: { channel: 'VOICE', customer: { name: 'Ana Silva' } },
      },
    });
  });

  it("sends the caller's token to the gateway", async () => {
    await using issuer = await TestIssuer.start();
    await using gateway = await startTestGateway({ settings: issuer.settings });
    await using example = await startExample(gateway);
    const query = `{ connectContact(id: "${SAMPLE.voiceContact}") { channel } }`;
    expect(await example.ask({ query }, await issuer.bearer('tasks:read'))).toEqual({
      data: { connectContact: { channel: 'VOICE' } },
    });
    expect(await example.ask({ query })).toMatchObject({ data: { connectContact: null }, errors: [{}] });
  });
});
