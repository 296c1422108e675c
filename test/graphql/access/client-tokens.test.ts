import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FormattedExecutionResult } from 'graphql';
import type { Connect } from '../../../src/connect/connect.js';
import { CLIENT_TOKEN_LENGTH } from '../../../src/connect/limits.js';
import { OutcomeUnknownError } from '../../../src/connect/errors.js';
import { createTask, mutation, taskInput } from '../../support/create-task-contact.js';
import { SAMPLE } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { TestIssuer } from '../../support/issuer.js';
import { portWith } from '../../support/port.js';

const sent: (string | undefined)[] = [];
let isLost = false;
/** Notes the tokens that reach the port; on request, answers get lost. */
const wrap = (connect: Connect): Connect => {
  const noted =
    <Request extends { readonly clientToken?: string }, Result>(call: (request: Request) => Promise<Result>) =>
    async (request: Request): Promise<Result> => {
      sent.push(request.clientToken);
      const result = await call(request);
      if (isLost) throw new OutcomeUnknownError(request.clientToken);
      return result;
    };
  return portWith(connect, {
    startTaskContact: noted((request) => connect.startTaskContact(request, {})),
    transferContact: noted((request) => connect.transferContact(request, {})),
  });
};

let issuer: TestIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  issuer = await TestIssuer.start();
  gateway = await startTestGateway({ settings: issuer.settings, wrap });
});
afterAll(async () => {
  await gateway.close();
  await issuer[Symbol.asyncDispose]();
});

interface Made {
  readonly contact: { readonly id: string } | null;
  readonly replayed: boolean;
  readonly errors: readonly { readonly code: string }[];
}

async function createAs(claims: object, clientToken?: string, members: object = {}) {
  const headers = await issuer.bearer('tasks:create tasks:write', { ...claims });
  const variables = { input: taskInput({ ...(clientToken !== undefined && { clientToken }), ...members }) };
  const answer = (await (
    await gateway.post({ query: mutation('id'), variables }, headers)
  ).json()) as FormattedExecutionResult;
  return { made: answer.data?.createTaskContact as Made, errors: answer.errors };
}

describe('Client tokens of authenticated callers', () => {
  it('make a repeat safe for the caller, and never meet those of another', async () => {
    const callers = [{ sub: 'ana' }, { sub: 'ben' }, { sub: 'ana', azp: 'portal' }, { sub: 'ana', azp: 'crm' }];
    const ids = [];
    for (const caller of callers) {
      const { made } = await createAs(caller, 'order-1', { name: JSON.stringify(caller) });
      expect(made).toMatchObject({ replayed: false, errors: [] });
      expect((await createAs(caller, 'order-1', { name: JSON.stringify(caller) })).made).toMatchObject({
        replayed: true,
        contact: made.contact,
      });
      ids.push(made.contact?.id);
    }
    expect(new Set(ids).size).toBe(callers.length);
    const { made } = await createAs({ sub: 'ana' }, 'order-1', { name: 'Other' });
    expect(made.errors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT' }]);
  });

  it('are sent on as a hash, whatever their length; one that is too long is refused as it came', async () => {
    sent.length = 0;
    await createAs({}, 'x'.repeat(CLIENT_TOKEN_LENGTH.max));
    await createAs({}, 'x');
    for (const token of sent) expect(token).toMatch(/^[\w-]{43}$/);
    expect(new Set(sent).size).toBe(2);
    const { made } = await createAs({}, 'x'.repeat(CLIENT_TOKEN_LENGTH.max + 1));
    expect(made.errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(sent).toHaveLength(2);
  });

  it.each([
    ['their own', 'order-2'],
    ['one that they were given', undefined],
    ['one that they were given, for an empty one', ''],
  ])(
    'are reported back where the outcome is unknown: a repeat with %s answers with the contact',
    async (_which, clientToken) => {
      isLost = true;
      const { errors } = await createAs({}, clientToken);
      isLost = false;
      const { code, clientToken: reported = '' } = (errors?.[0]?.extensions ?? {}) as Partial<{
        code: string;
        clientToken: string;
      }>;
      expect(code).toBe('OUTCOME_UNKNOWN');
      if (clientToken) expect(reported).toBe(clientToken);
      expect(reported).not.toBe(sent.at(-1));
      expect((await createAs({}, reported)).made).toMatchObject({ replayed: true, errors: [] });
    },
  );

  it('are hashed for transfers too', async () => {
    const { made } = await createAs({});
    sent.length = 0;
    const query = `mutation ($id: ID!) { transferTaskContact(input: {
      contactId: $id, contactFlowId: "${SAMPLE.contactFlow}", target: { userId: "x" }, clientToken: "move"
    }) { errors { code } } }`;
    const headers = await issuer.bearer('tasks:write');
    await gateway.post({ query, variables: { id: made.contact?.id } }, headers);
    expect(sent).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  });

  it('pass unchanged without authentication', async () => {
    await using open = await startTestGateway({ wrap });
    sent.length = 0;
    await createTask(open, { clientToken: 'order-1' });
    await createTask(open);
    expect(sent).toEqual(['order-1', undefined]);
  });
});
