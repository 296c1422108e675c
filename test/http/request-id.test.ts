import { describe, expect, it } from '@jest/globals';
import { startTestGateway } from '../support/gateway.js';
import { memoryLog } from '../support/log.js';
import { portWith } from '../support/port.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const READ = { query: '{ connectContact(id: "x") { name } }' };

describe('The id of a request', () => {
  it('is the one that came, in the header and in errors alike', async () => {
    await using gateway = await startTestGateway();
    const ok = await gateway.post({ query: '{ __typename }' }, { 'x-request-id': 'edge-7/01:a' });
    expect(ok.headers.get('x-request-id')).toBe('edge-7/01:a');
    for (const body of [{ query: '{' }, { query: '{ nothing }' }, { nothing: 1 }, '{']) {
      const response = await gateway.post(body, { 'x-request-id': 'edge-7/01:a' });
      expect(response.headers.get('x-request-id')).toBe('edge-7/01:a');
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { requestId: 'edge-7/01:a' } }] });
    }
    const nowhere = await fetch(`${gateway.url}/nowhere`, { headers: { 'x-request-id': 'edge-7/01:a' } });
    expect(await nowhere.json()).toMatchObject({ errors: [{ extensions: { requestId: 'edge-7/01:a' } }] });
  });

  it.each([
    ['none', undefined],
    ['one that is too long', 'x'.repeat(129)],
    ['one that is no id', '<script>'],
    ['an empty one', ''],
  ])('is a new one where there came %s', async (_what, given) => {
    await using gateway = await startTestGateway();
    const response = await gateway.post(
      { query: '{ __typename }' },
      given === undefined ? {} : { 'x-request-id': given },
    );
    expect(response.headers.get('x-request-id')).toMatch(UUID);
  });

  it('stands in the log beside the details that the client does not get', async () => {
    const log = memoryLog();
    await using gateway = await startTestGateway({
      logger: log.logger,
      wrap: (connect) => portWith(connect, { describeContacts: () => Promise.reject(new Error('inside')) }),
    });
    const [one, other] = await Promise.all(
      ['one', 'other'].map(async (id) => (await gateway.post(READ, { 'x-request-id': id })).json()),
    );
    expect(one).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'one' } }] });
    expect(other).toMatchObject({ errors: [{ extensions: { requestId: 'other' } }] });
    expect(log.at('error')).toContain('"requestId":"one"');
  });
});
