import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const JSON_TYPE = 'application/json';

/** A creation with a name, as the bytes of an encoding. */
function creation(name: string, encoding: BufferEncoding, clientToken?: string): Buffer {
  const input = { ...taskInput(), name, ...(clientToken !== undefined && { clientToken }) };
  return Buffer.from(JSON.stringify({ query: mutation('id name'), variables: { input } }), encoding);
}

/** Sends bytes as they are, in pieces. */
async function post(pieces: readonly Buffer[], headers: Readonly<Record<string, string>> = {}) {
  return new Promise<{ readonly status: number; readonly body: never; readonly requestId: string }>(
    (resolve, reject) => {
      const sent = httpRequest(
        `${gateway.url}/graphql`,
        { method: 'POST', headers: { 'content-type': JSON_TYPE, ...headers } },
        async (response) => {
          let text = '';
          for await (const chunk of response.setEncoding('utf8')) text += chunk;
          const requestId = String(response.headers['x-request-id']);
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as never, requestId });
        },
      );
      sent.once('error', reject);
      for (const piece of pieces) sent.write(piece);
      sent.end();
    },
  );
}

describe('A body', () => {
  it('refuses a body that is not UTF-8, so that different tokens never become equal', async () => {
    for (const token of ['caf\xe9', 'caf\xe8']) {
      const answer = await post([creation('Call back', 'latin1', token)]);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] } });
    }
  });

  it.each([
    ['a byte that no sequence begins with', [0xff]],
    ['a sequence that is cut off', [0xc3]],
    ['a longer form than needed', [0xc0, 0xaf]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a number beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ])('refuses a body with %s', async (_what, bytes) => {
    const [before = '', after = ''] = creation('MARK', 'utf8').toString().split('MARK');
    const answer = await post([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] } });
  });

  it('reads UTF-8, however its characters are split into chunks', async () => {
    const bytes = creation('Café 😀', 'utf8');
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(await post(pieces)).toMatchObject({
      status: 200,
      body: { data: { createTaskContact: { contact: { name: 'Café 😀' } } } },
    });
  });

  it.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8'])('is read with charset=%s', async (charset) => {
    const headers = { 'content-type': `${JSON_TYPE}; charset=${charset}` };
    expect(await post([creation('Call back', 'utf8')], headers)).toMatchObject({ status: 200 });
  });

  it.each(['iso-8859-1', 'utf-16', 'us-ascii', '"windows-1252"'])('is refused with charset=%s', async (charset) => {
    const headers = { 'content-type': `${JSON_TYPE}; charset=${charset}` };
    expect(await post([creation('Call back', 'utf8')], headers)).toMatchObject({
      status: 415,
      body: { errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] },
    });
  });
});

describe('A header', () => {
  it('ignores bytes beyond ASCII in a request id', async () => {
    const { requestId } = await post([creation('Call back', 'utf8')], { 'x-request-id': 'caf\xe9' });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('A number as an ID', () => {
  const create = async (clientToken: string) => {
    const input = JSON.stringify(taskInput()).replace(/}$/, `,"clientToken":${clientToken}}`);
    const query = JSON.stringify(mutation('id'));
    return (await post([Buffer.from(`{"query":${query},"variables":{"input":${input}}}`)])).body as never;
  };

  it.each(['9007199254740992', '9007199254740993', '-9007199254740993', '1e21', '123456789012345678901234567890'])(
    '%s is refused, since it does not keep its digits',
    async (number) => {
      expect(await create(number)).toMatchObject({
        errors: [{ message: expect.stringContaining('as a string'), extensions: { code: 'BAD_USER_INPUT' } }],
      });
    },
  );

  it('is accepted as long as it keeps its digits', async () => {
    for (const number of ['9007199254740990', '9007199254740991']) {
      expect(await create(number)).toMatchObject({ data: { createTaskContact: { errors: [] } } });
    }
  });

  it('keeps its digits in the document itself', async () => {
    const contact = async (id: string) =>
      (await post([Buffer.from(JSON.stringify({ query: `{ connectContact(id: ${id}) { id } }` }))])).body;
    for (const id of ['9007199254740992', '9007199254740993']) {
      expect(await contact(id)).toEqual({ data: { connectContact: null } });
    }
  });

  it('is refused in a representation', async () => {
    for (const id of ['9007199254740993', '42']) {
      const representations = `[{"__typename":"ConnectContact","instanceId":"i","id":${id}}]`;
      const query = JSON.stringify(
        'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
      );
      const { body } = await post([
        Buffer.from(`{"query":${query},"variables":{"representations":${representations}}}`),
      ]);
      expect(body).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    }
  });
});
