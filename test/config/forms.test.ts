import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Config, ConfigError, readConfig, SETTINGS } from '../../src/config/config.js';
import { mayCall } from '../../src/http/origins.js';

/** The forms of a setting: what is accepted, with what it becomes if that is not the text itself, and what is refused. */
interface Forms {
  readonly accepted: readonly (string | readonly [text: string, value: unknown])[];
  readonly refused: readonly string[];
  /** The value of the configuration. */
  readonly of: (config: Config) => unknown;
  /** Settings that this one needs. */
  readonly beside?: Readonly<Record<string, string>>;
}

/** Settings that take any text: names that are compared, and paths that are opened. */
const FREE_TEXT: readonly string[] = [
  'NODE_ENV',
  'CONNECT_SEED',
  'CONNECT_ATTACHMENTS_FOLDER',
  'PERSISTED_DOCUMENTS_FILE',
  'AUTH_AUDIENCE',
  'AUTH_INSTANCES_CLAIM',
  'CONNECT_WIRE_ACCESS_KEY_ID',
  'CONNECT_WIRE_SECRET_ACCESS_KEY',
  'TLS_CERT_FILE',
  'TLS_KEY_FILE',
  'TLS_CLIENT_CA_FILE',
];

const NO_NUMBERS = ['', ' ', '-1', '+1', '1.5', '1e3', '0x10', ' 10', '10 ', '10ms', '1_000', '١', 'NaN', 'Infinity'];
const NO_SWITCHES = ['true', 'false', '1', '0', 'yes', 'ON', 'On', ' on', 'off '];

const number = (of: Forms['of'], least: number, most: number): Forms => ({
  of,
  accepted: [
    [String(least), least],
    [String(most), most],
    [`0${least}`, least],
  ],
  refused: [...NO_NUMBERS, String(most + 1), ...(least > 0 ? [String(least - 1)] : [])],
});
const words = (of: Forms['of'], accepted: Forms['accepted'], beside = {}): Forms => ({
  of,
  accepted,
  refused: NO_SWITCHES,
  beside,
});
const onOff = (of: Forms['of'], beside = {}) =>
  words(
    of,
    [
      ['on', true],
      ['off', false],
    ],
    beside,
  );

const HTTP_URLS = {
  accepted: ['http://127.0.0.1:4318', 'https://collector.example.com/v1', 'http://[::1]:4100', 'HTTPS://example.com'],
  refused: [
    'example.com',
    '127.0.0.1:4318',
    'http:127.0.0.1:4318',
    'http:/example.com',
    'http://',
    'http:///path',
    'http://example.com:99999',
    'http://user:secret@example.com',
    'http://example.com?token=secret',
    'http://example.com#part',
    'http://exa mple.com',
    ' http://example.com',
    'http:\\\\example.com',
    'ftp://example.com',
    'unix:///run/collector.sock',
    'http+unix://%2Frun%2Fcollector.sock',
    'file:///etc/passwd',
  ],
};

const AUTH = { AUTH_ISSUER: 'https://issuer.example.com', AUTH_AUDIENCE: 'gateway' };

const TRACED = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

const FORMS: Readonly<Record<string, Forms>> = {
  HOST: {
    of: ({ host }) => host,
    beside: { AUTH: 'none' },
    accepted: ['127.0.0.1', 'localhost', '0.0.0.0', '::', '::1', ['[::1]', '::1'], 'gateway.example.com', 'my_host-1'],
    refused: [
      ' 127.0.0.1',
      '127.0.0.1 ',
      '127.0.0.1:4000',
      '[::1]:4000',
      '[127.0.0.1]',
      'http://0.0.0.0',
      '*',
      '0',
      '127.1',
      '127.0.0.999',
      'a..b',
      '/run/gateway.sock',
      'user@host',
    ],
  },
  PORT: number(({ port }) => port, 0, 65_535),
  AUTH: { of: () => 'none', accepted: ['none'], refused: [...NO_SWITCHES, 'None', 'jwt'] },
  AUTH_ISSUER: {
    of: ({ auth }) => auth?.issuer,
    beside: { AUTH_AUDIENCE: 'gateway' },
    accepted: ['https://issuer.example.com', 'https://issuer.example.com/tenant/', 'http://localhost:4500'],
    refused: [
      'issuer.example.com',
      'https:issuer.example.com',
      'https:\\\\issuer.example.com',
      'https://',
      ' https://issuer.example.com',
      'http://issuer.example.com',
      'https://user:secret@issuer.example.com',
      'unix:///run/issuer.sock',
    ],
  },
  AUTH_ALLOW_HTTP: onOff(({ auth }) => auth?.allowHttp, AUTH),
  AUTH_RESOURCE_URL: {
    of: ({ auth }) => auth?.resourceUrl,
    beside: AUTH,
    accepted: ['https://api.example.com/graphql', 'http://api.example.com/graphql'],
    refused: [
      'api.example.com',
      'https:api.example.com',
      'https://u:p@api.example.com',
      'ws://api.example.com',
      '/graphql',
    ],
  },
  AUTH_JWKS_URL: {
    of: ({ auth }) => auth?.jwksUrl,
    beside: AUTH,
    accepted: [
      'https://issuer.example.com/jwks',
      'https://issuer.example.com/keys?appid=1',
      'http://127.0.0.1:4500/jwks',
      'http://[::1]/jwks',
    ],
    refused: [
      'keys',
      'issuer.example.com/jwks',
      'http://issuer.example.com/jwks',
      'file:///etc/keys',
      'https://u:p@i.com',
    ],
  },
  AUDIT_LOG: words(
    ({ audit }) => audit && (audit.required ? 'required' : 'on'),
    ['on', 'required', ['off', undefined]],
  ),
  AUDIT_TASK_NAMES: onOff(({ audit }) => audit?.taskNames),
  CONNECT_ADAPTER: {
    of: ({ adapter }) => adapter,
    beside: { CONNECT_INSTANCE_ID: 'mine' },
    accepted: ['embedded', 'aws'],
    refused: ['AWS', ' aws', 'genesys', 'aws,embedded'],
  },
  CONNECT_INSTANCE_ID: {
    of: ({ instanceId }) => instanceId,
    accepted: ['10000000-0000-4000-8000-000000000001', 'sales', 'x'.repeat(100)],
    refused: [
      'arn:aws:connect:eu-west-2:111122223333:instance/10000000-0000-4000-8000-000000000001',
      'instance/10000000-0000-4000-8000-000000000001',
      ' sales',
      'a,b',
      'a|b',
      'x'.repeat(101),
    ],
  },
  CONNECT_INSTANCES: {
    of: ({ instances }) => instances,
    accepted: [
      ['a', [{ id: 'a' }]],
      ['a|sales', [{ id: 'a', alias: 'sales' }]],
      [' a | sales | eu-west-2 ', [{ id: 'a', alias: 'sales', region: 'eu-west-2' }]],
      ['a||us-gov-west-1,b', [{ id: 'a', region: 'us-gov-west-1' }, { id: 'b' }]],
    ],
    refused: [
      ',',
      'a,',
      'a|',
      'a||',
      '|sales',
      'a|b|c|d',
      'a|sales|Frankfurt',
      'a|sales|eu-west-2 b',
      'a|b,b',
      'a,a',
      'a b',
      'arn:aws:connect:eu-west-2:111122223333:instance/a',
      `${'x'.repeat(101)}|sales`,
    ],
  },
  CONNECT_STRICT: onOff(({ strict }) => strict),
  AWS_REGION: {
    of: ({ aws }) => aws.region,
    accepted: ['eu-west-2', 'us-gov-west-1', 'eusc-de-east-1', 'local'],
    refused: ['EU-WEST-2', 'Frankfurt', ' eu-west-2', 'eu-west-2,eu-west-1', 'eu west 2', 'eu.west', 'eu-west-2/x'],
  },
  CONNECT_EVENTS_QUEUE_URL: {
    of: ({ events }) => events.queueUrl,
    ...HTTP_URLS,
    beside: { CONNECT_ADAPTER: 'aws', CONNECT_INSTANCE_ID: 'mine' },
  },
  CONNECT_EVENTS_KEY: {
    of: ({ events }) => events.key,
    accepted: ['k', 'A-long+key/with=signs.0123456789', '~'.repeat(512)],
    refused: ['two words', 'clé', 'tab\tkey', 'k'.repeat(513)],
  },
  CONNECT_ATTACHMENTS_URL: { of: ({ attachments }) => attachments.url, ...HTTP_URLS },
  CONNECT_ATTACHMENTS_MAX_BYTES: number(({ attachments }) => attachments.maxBytes, 1, 104_857_600),
  CONNECT_ATTACHMENT_HOSTS: {
    of: ({ attachments }) =>
      ['https://files.example.com/', 'http://10.0.0.1:9000/'].filter((url) => attachments.hosts.allows(new URL(url))),
    accepted: [
      ['files.example.com', ['https://files.example.com/']],
      ['*.example.com, 10.0.0.0/8', ['https://files.example.com/', 'http://10.0.0.1:9000/']],
      ['10.0.0.1:9000', ['http://10.0.0.1:9000/']],
    ],
    refused: ['https://files.example.com', 'files.example.com/path', '*', '10.0.0.0/33', 'a,,b'],
  },
  CONNECT_EVENTS_TARGET: { of: ({ events }) => events.target, ...HTTP_URLS },
  AWS_ENDPOINT_URL_CONNECT: { of: ({ aws }) => aws.endpoint, ...HTTP_URLS },
  CONNECT_RATES: {
    of: ({ upstream }) => upstream.rates.StartTaskContact,
    accepted: [
      ['StartTaskContact=10/20', { perSecond: 10, burst: 20 }],
      [' SearchContacts=1/1 , StartTaskContact=0.001/1 ', { perSecond: 0.001, burst: 1 }],
      ['StartTaskContact=999999.999/999999', { perSecond: 999_999.999, burst: 999_999 }],
    ],
    refused: [
      'StartTaskContact',
      'StartTaskContact=10',
      'StartTaskContact=10/',
      'StartTaskContact=0/1',
      'StartTaskContact=0.000/1',
      'StartTaskContact=1/0',
      'StartTaskContact=1/1.5',
      'StartTaskContact=-1/1',
      'StartTaskContact=1e3/1',
      'StartTaskContact = 1/1',
      'startTaskContact=1/1',
      'StartTask=1/1',
      '__proto__=1/1',
      'StartTaskContact=1/1,',
      'StartTaskContact=1/1,StartTaskContact=2/2',
      'StartTaskContact=1/1;SearchContacts=1/1',
    ],
  },
  CONNECT_JOB_SHARE: {
    of: ({ upstream }) => upstream.jobShare,
    accepted: [
      ['1', 1],
      ['1.0', 1],
      ['0.5', 0.5],
      ['.25', 0.25],
      ['0.001', 0.001],
    ],
    refused: ['0', '0.0', '0.0001', '1.1', '2', '-0.5', '50%', '1/2', '0,5', ' 1', '1e-1', 'NaN', '.'],
  },
  CONNECT_JOB_RETENTION_DAYS: number(({ jobs }) => jobs.retentionMs / 86_400_000, 1, 3_650),
  CONNECT_REPLICAS: number(({ upstream }) => upstream.replicas, 1, 9_999),
  CONNECT_CALL_TIMEOUT_MS: number(({ upstream }) => upstream.callTimeoutMs, 1, 9_999_999),
  CONNECT_READ_TTL_MS: number(({ caches }) => caches.readTtlMs, 0, 9_999_999),
  CONNECT_CATALOG_TTL_MS: number(({ caches }) => caches.catalogTtlMs, 0, 9_999_999),
  MAX_UPSTREAM_CALLS: number(({ maxUpstreamCalls }) => maxUpstreamCalls, 1, 9_999),
  UPSTREAM_CALLS: words(({ upstreamCalls }) => upstreamCalls, ['refuse', 'report']),
  DATABASE_URL: {
    of: ({ databaseUrl }) => databaseUrl,
    accepted: [
      'file:connect.db',
      'file:data/connect.db',
      'file:../my data/connect.db',
      'file:/var/lib/connect.db',
      'file:///var/lib/connect.db',
      'file:///var/lib/my%20data/connect.db',
      'file:C:\\data\\connect.db',
      'postgres://localhost',
      'postgresql://db.example.com/connect',
      'POSTGRES://db/connect',
      'postgres://user:secret@db:5433/connect?sslmode=verify-full',
      'postgres://user:p%40ss%2Fw%3Fo%23r%25d%20x@db/connect',
      'postgres://user:p@ss@db/connect',
      'postgres://user@db/connect?password=secret',
      'postgres://user:@[::1]:5432/connect',
      'postgres:///connect',
      'postgres:///connect?host=/run/postgresql&port=5433',
      'postgres://user:secret@/connect?host=/run/postgresql',
      'postgres://user:secret@%2Frun%2Fpostgresql/connect',
    ],
    refused: [
      'connect.db',
      '/var/lib/connect.db',
      'sqlite:connect.db',
      'FILE:connect.db',
      ' file:connect.db',
      'file:',
      'file:/',
      'file:data/',
      'file::memory:',
      ':memory:',
      'file:connect.db?mode=ro',
      'file:connect.db#main',
      'file:~/connect.db',
      'file://server/connect.db',
      'file:///connect%ZZ.db',
      'mysql://db/connect',
      'postgres:',
      'postgres:/db/connect',
      'postgres:connect',
      'postgres://db:port/connect',
      'postgres://db:65536/connect',
      'postgres://db:5432/a b',
      'postgres://db1,db2/connect',
      'postgres://db1:5432,db2:5432/connect',
      'postgres://connect:1234/Secret@db.example.com:5432/connect',
      'postgres://connect:12?34@db/connect',
      'postgres://connect:12#34@db/connect',
      'postgres://connect:12%34%@db/connect',
      'postgres://connect:%ff@db/connect',
      'postgres://connect:a b@db/connect',
      'postgres://connect:secret@:5432/connect',
      'postgres://connect:secret@',
      'postgres://db/connect?host=a@b',
      'postgres://%2Frun/connect?host=/tmp',
      'host=db user=connect password=secret',
      'Server=db;Password=secret',
    ],
  },
  CONNECT_QUOTAS: {
    of: ({ quotas }) => quotas,
    accepted: [
      ['ChainTasks=1', { activeTasks: 2500, chainTasks: 1, scheduleAheadDays: 6 }],
      ['ActiveTasks=999999999 , ChainTasks=0', { activeTasks: 999_999_999, chainTasks: 0, scheduleAheadDays: 6 }],
      ['ScheduleAheadDays=36500', { activeTasks: 2500, chainTasks: 12, scheduleAheadDays: 36_500 }],
    ],
    refused: [
      ',',
      'ActiveTasks=1,',
      'ActiveTasks',
      'ActiveTasks=',
      'ActiveTasks=-1',
      'ActiveTasks=1.5',
      'ActiveTasks=1e3',
      'activeTasks=1',
      'Tasks=1',
      'ActiveTasks=1,ActiveTasks=2',
      'ActiveTasks=1;ChainTasks=1',
      'ActiveTasks=1000000000',
      'ScheduleAheadDays=36501',
      'toString=1',
    ],
  },
  CONNECT_RETENTION_DAYS: number(({ retentionDays }) => retentionDays, 7, 36_500),
  CONNECT_THROTTLE: onOff(({ throttle }) => throttle),
  CONNECT_WIRE_PORT: number(({ wire }) => wire?.port, 0, 65_535),
  REQUEST_TIMEOUT_MS: number(({ requestTimeoutMs }) => requestTimeoutMs, 1, 9_999_999),
  MAX_CONCURRENT_REQUESTS: number(({ maxRequests }) => maxRequests, 1, 999_999),
  DRAIN_TIMEOUT_MS: number(({ drainTimeoutMs }) => drainTimeoutMs, 0, 9_999_999),
  METRICS: onOff(({ metrics }) => metrics !== undefined),
  METRICS_PORT: { ...number(({ metrics }) => metrics?.port, 0, 65_535), beside: { METRICS: 'on' } },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    of: ({ traces }) => traces?.url,
    accepted: HTTP_URLS.accepted.map((url) => [url, `${url}/v1/traces`]),
    refused: HTTP_URLS.refused,
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: { of: ({ traces }) => traces?.url, ...HTTP_URLS },
  OTEL_SDK_DISABLED: {
    of: ({ traces }) => traces === undefined,
    beside: TRACED,
    accepted: [
      ['true', true],
      ['false', false],
    ],
    refused: ['on', 'off', '1', '0', 'yes', 'TRUE', ' true'],
  },
  OTEL_TRACES_EXPORTER: {
    of: ({ traces }) => (traces === undefined ? 'none' : 'otlp'),
    beside: TRACED,
    accepted: ['otlp', 'none'],
    refused: ['console', 'zipkin', 'OTLP', 'otlp,console', ' otlp'],
  },
  OTEL_TRACES_SAMPLER: {
    of: ({ traces }) => traces && [traces.share, traces.isParentBased],
    beside: TRACED,
    accepted: [
      ['always_on', [1, false]],
      ['always_off', undefined],
      ['traceidratio', [0.05, false]],
      ['parentbased_always_on', [1, true]],
      ['parentbased_always_off', [0, true]],
      ['parentbased_traceidratio', [0.05, true]],
    ],
    refused: ['on', 'AlwaysOn', 'jaeger_remote', 'parentbased', ' always_on'],
  },
  OTEL_TRACES_SAMPLER_ARG: {
    of: ({ traces }) => traces?.share,
    beside: TRACED,
    accepted: [
      ['0', 0],
      ['1', 1],
      ['1.0', 1],
      ['0.000001', 0.000001],
    ],
    refused: ['.5', '1.5', '1.000001', '-0', '5%', '0,5', '0.', '0.0000001', 'all', ' 0.5'],
  },
  LOG_LEVEL: {
    of: ({ logLevel }) => logLevel,
    accepted: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    refused: ['INFO', 'warning', '30', ' info', 'info,debug'],
  },
  MAX_CONNECTIONS: number(({ limits }) => limits.connections, 1, 1_000_000),
  MAX_CONNECTIONS_PER_ADDRESS: number(({ limits }) => limits.connectionsPerAddress, 1, 1_000_000),
  SEND_TIMEOUT_MS: number(({ limits }) => limits.sendTimeoutMs, 100, 3_600_000),
  MAX_UNREAD_BYTES: number(({ limits }) => limits.unreadBytes, 65_536, 10_000_000_000),
  MAX_UNREAD_BYTES_PER_CALLER: number(({ limits }) => limits.unreadBytesPerCaller, 65_536, 10_000_000_000),
  MAX_UNREAD_BYTES_PER_CONNECTION: number(({ limits }) => limits.unreadBytesPerConnection, 65_536, 10_000_000_000),
  MAX_SUBSCRIPTIONS: number(({ limits }) => limits.subscriptions, 1, 1_000_000),
  MAX_SUBSCRIPTIONS_PER_CALLER: number(({ limits }) => limits.subscriptionsPerCaller, 1, 1_000_000),
  RECEIVE_TIMEOUT_MS: number(({ limits }) => limits.receiveTimeoutMs, 100, 3_600_000),
  MAX_HEADER_BYTES: number(({ limits }) => limits.headerBytes, 1_024, 1_048_576),
  MAX_BODY_BYTES: number(({ limits }) => limits.bodyBytes, 1_024, 67_108_864),
  MAX_VARIABLE_VALUES: number(({ limits }) => limits.variableValues, 1, 10_000_000),
  MAX_VARIABLE_MEMBERS: number(({ limits }) => limits.variableMembers, 1, 10_000_000),
  MAX_TOKENS: number(({ limits }) => limits.tokens, 1, 1_000_000),
  MAX_DEPTH: number(({ limits }) => limits.depth, 1, 500),
  MAX_ALIASES: number(({ limits }) => limits.aliases, 0, 100_000),
  MAX_DIRECTIVES: number(({ limits }) => limits.directives, 0, 100_000),
  MAX_ANSWER_BYTES_IN_PROGRESS: number(({ limits }) => limits.answerBytesInProgress, 65_536, 1_073_741_824),
  MAX_ANSWER_BYTES: number(({ limits }) => limits.answerBytes, 65_536, 1_073_741_824),
  MAX_COST: number(({ limits }) => limits.cost, 1, 1_000_000_000_000_000),
  INTROSPECTION: onOff(({ exposure }) => exposure.introspection),
  GRAPHIQL: onOff(({ exposure }) => exposure.graphiql),
  ERROR_DETAIL: onOff(({ exposure }) => exposure.errorDetail),
  SUBSCRIPTION_CALLBACK_ORIGINS: {
    of: ({ callbackOrigins }) => callbackOrigins.join(),
    accepted: [
      'https://router.example.com',
      ['http://a.example , http://b.example:4000', 'http://a.example,http://b.example:4000'],
    ],
    refused: ['*', 'https://router.example.com/callback', 'https://user@router.example.com', 'router.example.com'],
  },
  CORS_ORIGINS: {
    of: ({ corsOrigins }) => corsOrigins.join(),
    accepted: [
      'https://app.example.com',
      'http://localhost:3000',
      'http://[::1]:3000',
      'https://xn--mnchen-3ya.example',
      ['https://a.example , https://b.example:8443', 'https://a.example,https://b.example:8443'],
    ],
    refused: [
      '*',
      'null',
      'https://*.example.com',
      'https://*',
      'https://app.example.com/',
      'https://app.example.com/path',
      'https://app.example.com:443',
      'http://app.example.com:80',
      'https://App.example.com',
      'HTTPS://app.example.com',
      'https://münchen.example',
      'https://user:secret@app.example.com',
      'https://app.example.com?x',
      'https://a.example,',
      ',https://a.example',
      'https://a.example https://b.example',
      'https://a.example;https://b.example',
      'app.example.com',
      '//app.example.com',
      'ftp://app.example.com',
      'ws://app.example.com',
      'file:///app',
      'unix:///run/app.sock',
      'https://1',
    ],
  },
  PERSISTED_DOCUMENTS: words(({ persisted }) => (persisted.only ? 'only' : 'off'), ['off', 'only']),
};

/** The message of the refusal; undefined if the settings are accepted. */
function problem(environment: Readonly<Record<string, string>>): string | undefined {
  try {
    readConfig(environment);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

const cases = Object.entries(FORMS);

describe('The form of a setting', () => {
  it('is stated for each setting', () => {
    expect([...Object.keys(FORMS), ...FREE_TEXT].sort()).toEqual(Object.keys(SETTINGS).sort());
  });

  it.each(cases)('%s is accepted as listed', (name, { accepted, of, beside }) => {
    const read = accepted.map((form) => {
      const [text] = typeof form === 'string' ? [form] : form;
      return [text, of(readConfig({ ...beside, [name]: text }))];
    });
    expect(read).toEqual(accepted.map((form) => (typeof form === 'string' ? [form, form] : form)));
  });

  it.each(cases)('%s is refused by a line that names it', (name, { refused, beside }) => {
    for (const text of refused.filter(Boolean)) {
      expect({ text, problem: problem({ ...beside, [name]: text }) }).toEqual({
        text,
        problem: expect.stringMatching(new RegExp(`^${name}: expected .+, but got .+\\.$`)),
      });
    }
  });

  it('leads to a configuration or to lines that name settings, whatever the text is', () => {
    const name = fc.constantFrom(...Object.keys(SETTINGS));
    const odd = fc.string({ unit: fc.constantFrom(...' \t*@:/?#%,|=[].-+aZ0é'), maxLength: 12 });
    const near = fc
      .tuple(fc.constantFrom(...cases.flatMap(([, { accepted }]) => accepted.map(String))), odd, fc.nat(40))
      .map(([text, extra, at]) => text.slice(0, at) + extra + text.slice(at));
    fc.assert(
      fc.property(name, fc.oneof(odd, near, fc.string({ unit: 'binary' })), (setting, text) => {
        const lines = problem({ [setting]: text })?.split('\n') ?? [];
        for (const line of lines) expect(line).toMatch(/^[A-Z_]+(, [A-Z_]+)*: .+\.$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('An accepted origin', () => {
  const host = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().map((address) => `[${address}]`),
    fc.constant('*.example.com'),
  );
  const port = fc.option(
    fc.nat(70_000).map((number) => `:${number}`),
    { nil: '' },
  );
  const scheme = fc.constantFrom('http', 'https', 'HTTP', 'ws', 'app');
  const origin = fc
    .tuple(scheme, host, port, fc.constantFrom('', '', '', '/', '?', '#'))
    .map(([way, name, number, end]) => `${way}://${name}${number}${end}`);

  it('is one that a browser sends, and its pages may call', () => {
    fc.assert(
      fc.property(origin, (text) => {
        const isSent = URL.canParse(text) && new URL(text).origin === text && /^https?:\/\/[^*]+$/.test(text);
        expect(problem({ CORS_ORIGINS: text }) === undefined).toBe(isSent);
        if (!isSent) return;
        const { corsOrigins } = readConfig({ CORS_ORIGINS: text });
        const rules = { origins: corsOrigins, isLocal: false };
        expect(mayCall(text, 'gateway.example.com', rules)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
