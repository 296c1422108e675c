import { describe, expect, it } from '@jest/globals';
import { InternalServiceError, ThrottlingError, UnavailableError } from '../../../src/connect/errors.js';
import type { Connect } from '../../../src/connect/connect.js';
import { createTask } from '../../support/create-task-contact.js';
import { startTestGateway } from '../../support/gateway.js';
import { portWith, tellingIdAlone } from '../../support/port.js';

/** An ended call of the sample instance. */
const VOICE = '50000000-0000-4000-8000-000000000001';

const withMethods = (methods: Partial<Connect>) => (connect: Connect) => portWith(tellingIdAlone(connect), methods);

describe('A created contact never looks like a failure', () => {
  const reads: readonly [string, Partial<Connect>, object][] = [
    [
      'reads reject',
      { describeContacts: async () => Promise.reject(new UnavailableError()) },
      { code: 'CONNECT_UNAVAILABLE' },
    ],
    [
      'reads answer errors',
      { describeContacts: async ({ contactIds }) => contactIds.map(() => new ThrottlingError(250)) },
      { code: 'THROTTLED', retryAfterMs: 250 },
    ],
    [
      'the service fails',
      { describeContacts: async () => Promise.reject(new InternalServiceError()) },
      { code: 'CONNECT_FAILED' },
    ],
    [
      'reads fail in an unexpected way',
      { describeContacts: async () => Promise.reject(new TypeError('unforeseen')) },
      { code: 'INTERNAL_SERVER_ERROR' },
    ],
    [
      'reads throw what is no error',
      { describeContacts: async () => Promise.reject('unforeseen') },
      { code: 'INTERNAL_SERVER_ERROR' },
    ],
  ];

  it.each(reads)(
    'returns null for the fields that are read, each with a coded error, when %s',
    async (_what, methods, extensions) => {
      await using gateway = await startTestGateway({
        wrap: withMethods(methods),
        settings: { ERROR_DETAIL: 'off' },
      });
      const { payload, errors } = await createTask(gateway, {}, 'id name state expiresAt');
      expect(payload).toEqual({
        contact: { id: expect.any(String), name: 'Call back', state: null, expiresAt: null },
        replayed: false,
        errors: [],
      });
      const place = (field: string) => ({
        message: expect.stringMatching(/./),
        locations: [expect.anything()],
        path: ['createTaskContact', 'contact', field],
        extensions: { ...extensions, requestId: expect.any(String) },
      });
      expect(errors).toEqual([place('state'), place('expiresAt')]);
      expect(gateway.rows('select count(*) as tasks from contact where channel = ?', 'TASK')).toEqual([{ tasks: 1 }]);
    },
  );

  it('returns null for attributes or the chain alone if they cannot be read', async () => {
    const unavailable = async () => Promise.reject(new UnavailableError());
    await using gateway = await startTestGateway({
      wrap: withMethods({ getAttributes: unavailable, listChains: unavailable }),
    });
    const selection =
      'name state attributes { key } chain { linkedTaskLimit linkedTaskCount sharedAttributes { key } }';
    // The attributes of a task that is linked to none are those of the request; those that it copies must be read.
    const { payload, errors } = await createTask(gateway, { link: { relatedContactId: VOICE } }, selection);
    expect(payload.contact).toEqual({
      name: 'Call back',
      state: 'INITIATED',
      attributes: null,
      chain: { linkedTaskLimit: 12, linkedTaskCount: null, sharedAttributes: null },
    });
    expect(errors).toHaveLength(3);
    for (const { extensions } of errors ?? []) expect(extensions).toMatchObject({ code: 'CONNECT_UNAVAILABLE' });
  });

  it('reports the attributes of a task that is linked to none from the request, by key', async () => {
    const unavailable = async () => Promise.reject(new UnavailableError());
    await using gateway = await startTestGateway({ wrap: withMethods({ getAttributes: unavailable }) });
    const attributes = [
      { key: 'b', value: '2' },
      { key: 'a', value: '1' },
    ];
    const { payload, errors } = await createTask(gateway, { attributes }, 'attributes { key value }');
    expect(errors).toBeUndefined();
    expect(payload.contact).toEqual({ attributes: attributes.toReversed() });
  });

  it('returns null without an error while the contact cannot be found', async () => {
    await using gateway = await startTestGateway({
      wrap: withMethods({ describeContacts: async ({ contactIds }) => contactIds.map(() => null) }),
    });
    const { payload, errors } = await createTask(gateway, {}, 'id name state');
    expect(errors).toBeUndefined();
    expect(payload.contact).toEqual({ id: expect.any(String), name: 'Call back', state: null });
  });

  it('returns null for replayed if the service does not report it', async () => {
    await using gateway = await startTestGateway({
      wrap: (connect) =>
        portWith(connect, {
          startTaskContact: async (request, options) => {
            const { contactId } = await connect.startTaskContact(request, options);
            return { contactId };
          },
        }),
    });
    const { payload } = await createTask(gateway, { clientToken: 'a' });
    expect(payload).toEqual({ contact: { id: expect.any(String) }, replayed: null, errors: [] });
  });
});
