import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { AuditRecord } from '../../src/graphql/context.js';
import { auditLog } from '../../src/telemetry/audit-log.js';
import { createLogger, logOf } from '../../src/telemetry/log.js';
import { createTask } from '../support/create-task-contact.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway } from '../support/gateway.js';
import { TestIssuer } from '../support/issuer.js';
import { memoryLog } from '../support/log.js';

type Line = Readonly<Record<string, unknown>>;

function linesOf(log: { text(): string }): Line[] {
  return log
    .text()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line.log === 'audit');
}

const SECRETS = {
  name: 'Call Ana Silva',
  description: 'She is cross',
  attributes: [{ key: 'iban', value: 'DE00123456' }],
  clientToken: 'order-1001',
};

describe('The audit log', () => {
  it('has a line for each mutation: who, what, which contact, what came of it; not what the task says', async () => {
    const log = memoryLog();
    await using issuer = await TestIssuer.start();
    await using gateway = await startTestGateway({ settings: issuer.settings, logger: log.logger });
    const send = async (scope: string, query: string, variables: object = {}) =>
      gateway.post({ query, variables }, await issuer.bearer(scope, { client_id: 'portal' }));
    const creation = `mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { id } errors { code } } }`;
    const input = { ...SECRETS, flow: { contactFlowId: SAMPLE.contactFlow } };

    const made = await (await send('tasks:create', creation, { input })).json();
    const { id } = (made as { data: { createTaskContact: { contact: { id: string } } } }).data.createTaskContact
      .contact;
    await send('tasks:create', creation, { input: { ...input, expiryMinutes: 0, instanceId: 'nowhere' } });
    await send('tasks:write', `mutation { stopTaskContact(input: { contactId: "${id}" }) { errors { code } } }`);
    await send('tasks:read', `mutation { stopTaskContact(input: { contactId: "${id}" }) { errors { code } } }`);
    await send('tasks:read', `{ connectContact(id: "${id}") { name } }`);

    const [created, invalid, stopped, refused, ...others] = linesOf(log);
    expect(others).toEqual([]);
    expect(created).toMatchObject({
      level: 30,
      requestId: expect.any(String),
      caller: expect.stringMatching(/^[\w-]{43}$/),
      subject: 'ana',
      clientId: 'portal',
      operation: 'createTaskContact',
      instance: SAMPLE.instanceId,
      contacts: [id],
      outcome: ['OK'],
      tokenHash: expect.stringMatching(/^[\w-]{22}$/),
      duration: expect.any(Number),
    });
    expect(invalid).toMatchObject({ contacts: [], outcome: ['INVALID_INPUT'], instance: 'nowhere' });
    expect(invalid?.tokenHash).toBe(created?.tokenHash);
    expect(stopped).toMatchObject({ operation: 'stopTaskContact', contacts: [id], outcome: ['OK'] });
    expect(refused).toMatchObject({ operation: 'stopTaskContact', contacts: [id], outcome: ['FORBIDDEN'] });
    for (const secret of [SECRETS.name, SECRETS.description, 'DE00123456', 'iban', SECRETS.clientToken, 'eyJ']) {
      expect(log.text()).not.toContain(secret);
    }
  });

  it('reports the instance that is meant, also where none is named and the caller may not touch it', async () => {
    const log = memoryLog();
    await using issuer = await TestIssuer.start();
    const settings = { ...issuer.settings, AUTH_INSTANCES_CLAIM: 'instances' };
    await using gateway = await startTestGateway({ settings, logger: log.logger });
    const query = 'mutation { stopTaskContact(input: { contactId: "c" }) { errors { code } } }';
    await gateway.post({ query }, await issuer.bearer('tasks:write', { instances: ['another'] }));
    expect(linesOf(log)).toMatchObject([{ instance: SAMPLE.instanceId, outcome: ['NOT_FOUND'] }]);
  });

  it('reports names of tasks where that is wanted', async () => {
    const log = memoryLog();
    await using gateway = await startTestGateway({ settings: { AUDIT_TASK_NAMES: 'on' }, logger: log.logger });
    await createTask(gateway, SECRETS);
    expect(linesOf(log)).toMatchObject([{ taskName: SECRETS.name, caller: '127.0.0.1', outcome: ['OK'] }]);
    expect(log.text()).not.toContain('DE00123456');
  });

  it('reports a failure of the gateway itself', async () => {
    const log = memoryLog();
    await using gateway = await startTestGateway({
      logger: log.logger,
      wrap: (connect) =>
        new Proxy(connect, {
          get: (target, name) =>
            name === 'startTaskContact'
              ? () => Promise.reject(new Error('A fault'))
              : (Reflect.get(target, name) as () => unknown).bind?.(target),
        }),
    });
    await createTask(gateway);
    expect(linesOf(log)).toMatchObject([{ outcome: ['INTERNAL_SERVER_ERROR'] }]);
  });

  it('leaves out what no line may hold, even if a record came to have it', () => {
    const log = memoryLog();
    const record = { operation: 'x', attributes: ['sesame'], clientToken: 'sesame', outcome: ['OK'] };
    auditLog(logOf(log.logger), { taskNames: false, required: false })(
      { id: 'r', caller: 'c', identity: undefined },
      record as unknown as AuditRecord,
    );
    expect(linesOf(log)).toMatchObject([{ requestId: 'r', outcome: ['OK'] }]);
    expect(log.text()).not.toContain('sesame');
  });

  it('is switched off by its setting', async () => {
    const log = memoryLog();
    await using gateway = await startTestGateway({ settings: { AUDIT_LOG: 'off' }, logger: log.logger });
    await createTask(gateway);
    expect(linesOf(log)).toEqual([]);
  });

  it.each([
    ['error', 1],
    ['silent', 0],
  ])('writes at LOG_LEVEL=%s %d lines', async (level, count) => {
    const lines: string[] = [];
    const logger = pino({ level }, { write: (line: string) => lines.push(line) });
    await using gateway = await startTestGateway({ logger });
    await createTask(gateway);
    expect(linesOf({ text: () => lines.join('') })).toHaveLength(count);
  });
});

describe('The log', () => {
  it('contains no header with credentials', () => {
    const lines: string[] = [];
    const logger = createLogger('trace', { write: (line) => void lines.push(line) });
    const headers = { authorization: 'Bearer sesame', cookie: 'sesame', 'set-cookie': 'sesame', accept: '*/*' };
    logger.info({ headers, req: { headers }, err: { response: { headers } } }, 'Asked');
    logger.child({ requestId: 'x' }).info({ req: { headers } }, 'Asked');
    const text = lines.join('');
    expect(text).toContain('*/*');
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('sesame');
  });
});
