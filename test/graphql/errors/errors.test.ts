import { describe, expect, it } from '@jest/globals';
import type { Connect } from '../../../src/connect/connect.js';
import {
  CancelledError,
  type ConnectFault,
  IdempotencyConflictError,
  InternalServiceError,
  InvalidParameterError,
  InvalidRequestError,
  OutcomeUnknownError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ThrottlingError,
  TooLargeError,
  UnavailableError,
} from '../../../src/connect/errors.js';
import { startTestGateway } from '../../support/gateway.js';
import { memoryLog } from '../../support/log.js';
import { portWith } from '../../support/port.js';

const CREATE = `mutation { createTaskContact(input: {
  name: "SECRET-NAME", flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" }
}) { contact { id } errors { __typename code message path
  ... on ConnectInvalidInputError { rule expected actual }
  ... on ConnectNotFoundError { resource id }
  ... on ConnectQuotaExceededError { quota limit }
  ... on ConnectThrottledError { retryAfterMs } } } }`;
const READ = '{ connectContact(id: "50000000-0000-4000-8000-000000000001") { id name } }';

const inside = new Error('SQLITE_IOERR: disk I/O error at /var/lib/secret/connect.db, insert into "contact"');
const violation = { rule: 'api/name-length', path: ['name'], limit: 'l', actual: 'a', message: 'm' } as const;

const failing =
  (error: unknown, ...methods: (keyof Connect)[]) =>
  (connect: Connect) =>
    portWith(connect, Object.fromEntries(methods.map((name) => [name, () => Promise.reject(error)])));

/** Each error of the closed set, with the code that a query reports, and the type that a mutation's payload has. */
const FAULTS: readonly (readonly [ConnectFault, code: string, type: string | null])[] = [
  [new InvalidParameterError([violation]), 'BAD_USER_INPUT', 'ConnectInvalidInputError'],
  [new InvalidRequestError([violation]), 'BAD_USER_INPUT', 'ConnectInvalidInputError'],
  [new ResourceNotFoundError('CONTACT_FLOW', 'x', 'contactFlowId'), 'NOT_FOUND', 'ConnectNotFoundError'],
  [new ServiceQuotaExceededError('CHAIN', 12), 'QUOTA_EXCEEDED', 'ConnectQuotaExceededError'],
  [new ServiceQuotaExceededError('UNKNOWN'), 'QUOTA_EXCEEDED', 'ConnectQuotaExceededError'],
  [new ThrottlingError(500), 'THROTTLED', 'ConnectThrottledError'],
  [new IdempotencyConflictError(), 'CONFLICT', 'ConnectConflictError'],
  [new InternalServiceError({ cause: inside }), 'CONNECT_FAILED', null],
  [new OutcomeUnknownError('token', { cause: inside }), 'OUTCOME_UNKNOWN', null],
  [new UnavailableError({ cause: inside }), 'CONNECT_UNAVAILABLE', null],
  [TooLargeError.ofChain(500), 'ANSWER_TOO_LARGE', null],
  [new CancelledError({ cause: inside }), 'CANCELLED', null],
];

/** The code that each type of error in a payload has here. */
const DATA_CODES: Readonly<Record<string, string>> = {
  ConnectInvalidInputError: 'INVALID_INPUT',
  ConnectNotFoundError: 'NOT_FOUND',
  ConnectQuotaExceededError: 'QUOTA_EXCEEDED',
  ConnectThrottledError: 'THROTTLED',
  ConnectConflictError: 'IDEMPOTENCY_CONFLICT',
};

describe('An error of the port', () => {
  it.each(FAULTS.map(([fault, code, type]) => [fault.message.slice(0, 60), fault, code, type] as const))(
    'is data of a mutation if the caller can fix it, else an error of the response: %s',
    async (_message, fault, code, type) => {
      await using gateway = await startTestGateway({ wrap: failing(fault, 'startTaskContact') });
      const { data, errors } = await gateway.ask(CREATE);
      if (type === null) {
        expect(errors).toMatchObject([{ message: fault.message, extensions: { code } }]);
        expect(data ?? null).toBeNull();
      } else {
        expect(errors).toBeUndefined();
        const payload = data?.createTaskContact as { contact: unknown; errors: { message: string }[] };
        expect(payload.contact).toBeNull();
        expect(payload.errors).toMatchObject([{ __typename: type, code: DATA_CODES[type] }]);
        for (const { message } of payload.errors) expect(message).not.toBe('');
      }
    },
  );

  it.each(FAULTS.map(([fault, code]) => [fault.message.slice(0, 60), fault, code] as const))(
    'is an error at the field of a query, with a code of the same family: %s',
    async (_message, fault, code) => {
      await using gateway = await startTestGateway({ wrap: failing(fault, 'describeContacts') });
      const { data, errors } = await gateway.ask(READ);
      expect(data).toEqual({ connectContact: null });
      expect(errors).toMatchObject([{ message: fault.message, path: ['connectContact'], extensions: { code } }]);
    },
  );
});

describe('The hints of an error for its client', () => {
  it('reports the time after which a throttled request may be repeated', async () => {
    await using gateway = await startTestGateway({
      wrap: failing(new ThrottlingError(500), 'startTaskContact', 'describeContacts'),
    });
    const { data } = await gateway.ask(CREATE);
    expect(data).toMatchObject({ createTaskContact: { errors: [{ retryAfterMs: 500 }] } });
    const { errors } = await gateway.ask(READ);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'THROTTLED', retryAfterMs: 500 });
  });

  it('reports the token to repeat a request with an unknown outcome', async () => {
    await using gateway = await startTestGateway({
      wrap: failing(new OutcomeUnknownError('token'), 'startTaskContact'),
    });
    const { errors } = await gateway.ask(CREATE);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OUTCOME_UNKNOWN', clientToken: 'token' });
  });

  it("reports the place of a request's member in the arguments", async () => {
    const path = ['references', 1, 'value'];
    const violations = [violation, { ...violation, path }, { ...violation, path: ['previousContactId'] }];
    await using gateway = await startTestGateway({
      wrap: failing(new InvalidRequestError(violations), 'startTaskContact'),
    });
    const { data } = await gateway.ask(CREATE);
    const paths = [
      ['input', 'name'],
      ['input', 'references', '1', 'value'],
      ['input', 'link', 'previousContactId'],
    ];
    expect(data).toMatchObject({ createTaskContact: { errors: paths.map((at) => ({ path: at })) } });
  });
});

describe('Nothing of the inside reaches a client, and its cause is in the log', () => {
  const leaks = /SQLITE|insert into|secret|\.ts|\.js|node_modules| at |target|SECRET-NAME/;

  it.each([
    ['an error of the store inside one of the port', new InternalServiceError({ cause: inside }), 'CONNECT_FAILED'],
    ['an unexpected error', inside, 'INTERNAL_SERVER_ERROR'],
    ['a TypeError', new TypeError("Cannot read properties of undefined (reading 'secret')"), 'INTERNAL_SERVER_ERROR'],
    ['something thrown that is no error', 'SQLITE secret', 'INTERNAL_SERVER_ERROR'],
  ])('%s', async (_what, error, code) => {
    const log = memoryLog();
    await using gateway = await startTestGateway({
      logger: log.logger,
      wrap: failing(error, 'startTaskContact', 'describeContacts'),
      settings: { NODE_ENV: 'production', CONNECT_ADAPTER: 'embedded' },
    });
    for (const query of [CREATE, READ]) {
      const response = await gateway.post({ query });
      const text = await response.text();
      expect(text).not.toMatch(leaks);
      expect(JSON.parse(text).errors).toMatchObject([{ extensions: { code } }]);
    }
    expect(log.at('error')).toMatch(/SQLITE|secret/);
    expect(log.at('error')).not.toContain('SECRET-NAME');
  });

  it('shows the cause with ERROR_DETAIL', async () => {
    await using gateway = await startTestGateway({ wrap: failing(new TypeError('no such thing'), 'describeContacts') });
    const { errors } = await gateway.ask(READ);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      detail: 'TypeError: no such thing',
    });
  });

  it('hides a database whose tables are gone', async () => {
    const log = memoryLog();
    await using gateway = await startTestGateway({ logger: log.logger });
    gateway.write('drop table chain');
    for (const query of [
      CREATE,
      '{ connectContact(id: "50000000-0000-4000-8000-000000000001") { attributes { key } } }',
    ]) {
      const text = await (await gateway.post({ query })).text();
      expect(text).not.toMatch(/no such table|chain|SQL/);
      expect(JSON.parse(text).errors).toMatchObject([{ extensions: { code: 'CONNECT_FAILED' } }]);
    }
    expect(log.at('error')).toContain('no such table');
  });

  it('returns a short excerpt of a wrong input only', async () => {
    await using gateway = await startTestGateway();
    const long = `SECRET-NAME${'x'.repeat(5_000)}`;
    const input = {
      name: long,
      flow: { contactFlowId: '20000000-0000-4000-8000-000000000001' },
      attributes: [{ key: `${long}.`, value: long }],
      references: [{ name: 'n', type: 'URL', value: long }],
    };
    const query =
      'mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { errors { message ... on ConnectInvalidInputError { actual } } } }';
    const reported = await (await gateway.post({ query, variables: { input } })).text();
    expect(reported).not.toContain('x'.repeat(60));
    const shape = await (await gateway.post({ query, variables: { input: { ...input, flow: long } } })).text();
    expect(shape).not.toContain('x'.repeat(60));
    expect(shape).not.toMatch(/target|constraints/);
  });
});
