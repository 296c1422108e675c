import { describe, expect, it } from '@jest/globals';
import { openTestEngine, refusal, request, SAMPLE } from '../support/engine.js';
import { DatabaseTap, sqlLike } from '../support/database-tap.js';

const { instanceId, voiceContact } = SAMPLE;

describe('A database that fails', () => {
  it('is named by reads and changes, and Amazon Connect is not', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    tap.fail(sqlLike(/^begin$/));
    tap.fail(({ connection }) => connection === 'reader');
    const read = test.engine.describeContacts({ instanceId, contactIds: [voiceContact] });
    for (const made of [test.engine.startTaskContact(request()), read]) {
      expect(await refusal(made)).toMatchObject({
        code: 'InternalServiceException',
        message: "The gateway's database could not process the request. Try again with the same client token.",
      });
    }
  });
});

describe('An engine that is closed', () => {
  it('is named by reads and changes', async () => {
    await using test = await openTestEngine();
    const { engine } = test;
    await test.close();
    const read = engine.describeContacts({ instanceId, contactIds: [voiceContact] });
    for (const made of [read, engine.startTaskContact(request())]) {
      expect(await refusal(made)).toMatchObject({
        code: 'Unavailable',
        message: 'The embedded engine cannot be reached at the moment. Try again later.',
      });
    }
  });
});
