import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { announce } from '../../src/app/announce.js';
import * as emulator from '../../src/app/start-emulator.js';
import { announcementOf } from '../../src/app/start-gateway.js';
import { readConfig } from '../../src/config/config.js';
import { startTestGateway } from '../support/gateway.js';

const AUTH = { AUTH_ISSUER: 'https://issuer.example.com', AUTH_AUDIENCE: 'tasks' };
const GATEWAY = { url: 'http://127.0.0.1:4000', close: async () => {}, execute: async () => ({}) };

/** The text at a terminal, or the lines of the log elsewhere. */
function announced(isTTY: boolean, settings: Readonly<Record<string, string>> = {}, level = 'info') {
  let text = '';
  const lines: string[] = [];
  const write = (part: string) => {
    text += part;
    return true;
  };
  const logger = pino({ level, base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  announce(announcementOf(readConfig(settings), GATEWAY), logger, { isTTY, write });
  return { text, lines: lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>) };
}

describe('The announcement of a gateway', () => {
  it('is a text at a terminal: where GraphiQL is, the adapter, the database, and a mutation', () => {
    const { text, lines } = announced(true);
    expect(lines).toEqual([]);
    expect(text).toContain('GraphiQL  http://127.0.0.1:4000/graphql  (open it in a browser)');
    for (const part of ['Adapter   embedded', 'file:data/connect.db', '10000000-0000-4000-8000-000000000001']) {
      expect(text).toContain(part);
    }
  });

  it('contains a mutation that runs', async () => {
    const [mutation = ''] = /mutation \{[\s\S]*?\n {2}\}/.exec(announced(true).text) ?? [];
    await using gateway = await startTestGateway();
    expect(await gateway.ask(mutation)).toMatchObject({
      data: { createTaskContact: { contact: { state: 'INITIATED' }, errors: [] } },
    });
  });

  it('is one line of the log elsewhere', () => {
    const { text, lines } = announced(false);
    expect(text).toBe('');
    expect(lines).toMatchObject([
      {
        msg: 'The gateway is ready.',
        graphiql: 'http://127.0.0.1:4000/graphql',
        adapter: expect.stringMatching(/^embedded/),
        database: 'file:data/connect.db',
      },
    ]);
  });

  it.each([
    ['fatal', 1],
    ['silent', 0],
  ])('has at LOG_LEVEL=%s %d lines', (level, count) => {
    expect(announced(false, {}, level).lines).toHaveLength(count);
  });

  it.each([
    ['identified by tokens of https://issuer.example.com for tasks', { ...AUTH, HOST: '0.0.0.0' }],
    ['not identified: every program of this machine may create tasks', {}],
    ['not identified (AUTH=none): everyone who reaches', { AUTH: 'none', HOST: '0.0.0.0' }],
  ])('reports that callers are %s', (callers, settings) => {
    const wanted = expect.stringContaining(callers);
    expect(announced(false, settings as Readonly<Record<string, string>>).lines).toMatchObject([{ callers: wanted }]);
    expect(announced(true, settings as Readonly<Record<string, string>>).text).toContain(`Callers   ${callers}`);
  });
});

describe('The announcement of an emulator', () => {
  it('shows how AWS CLI reaches it', () => {
    const config = readConfig({}, 'emulator');
    const { facts, example } = emulator.announcementOf(config, { url: 'http://127.0.0.1:4100', close: async () => {} });
    expect(facts).toContainEqual({ name: 'endpoint', title: 'Endpoint', value: 'http://127.0.0.1:4100' });
    expect(example).toContain('aws connect start-task-contact --endpoint-url http://127.0.0.1:4100');
  });
});
