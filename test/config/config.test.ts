import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { RATES } from '../../src/connect/rates.js';
import { ConfigError, readConfig, SETTINGS } from '../../src/config/config.js';
import { NO_HOSTS } from '../../src/engine/files/allowed-hosts.js';

function problem(environment: Readonly<Record<string, string>>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('Expected the settings to be refused');
}

const KEYS = { CONNECT_WIRE_ACCESS_KEY_ID: 'AKIDLOCAL', CONNECT_WIRE_SECRET_ACCESS_KEY: 'secret' };

const AUTH = {
  AUTH_JWKS_URL: 'https://issuer.example.com/jwks',
  AUTH_ISSUER: 'https://issuer.example.com',
  AUTH_AUDIENCE: 'connect-task-gateway',
};

describe('The settings', () => {
  it('serve a fresh machine without any', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      tls: undefined,
      adapter: 'embedded',
      instanceId: '10000000-0000-4000-8000-000000000001',
      instances: [{ id: '10000000-0000-4000-8000-000000000001' }],
      strict: false,
      aws: {},
      upstream: { rates: RATES, jobShare: 1, replicas: 1, callTimeoutMs: 8_000 },
      maxUpstreamCalls: 60,
      upstreamCalls: 'report',
      caches: { readTtlMs: 2000, catalogTtlMs: 60_000 },
      databaseUrl: 'file:data/connect.db',
      quotas: { activeTasks: 2500, chainTasks: 12, scheduleAheadDays: 6 },
      retentionDays: 730,
      attachments: { folder: undefined, maxBytes: 20_971_520, hosts: NO_HOSTS, url: undefined },
      throttle: false,
      events: { queueUrl: undefined, key: undefined, target: undefined },
      jobs: { databaseUrl: 'file:data/connect.db', retentionMs: 30 * 86_400_000 },
      requestTimeoutMs: 25_000,
      audit: { taskNames: false, required: false },
      maxRequests: 128,
      drainTimeoutMs: 20_000,
      logLevel: 'info',
      limits: {
        connections: 5_000,
        receiveTimeoutMs: 30_000,
        headerBytes: 16_384,
        bodyBytes: 1_048_576,
        variableValues: 50_000,
        variableMembers: 100,
        connectionsPerAddress: 2_500,
        sendTimeoutMs: 30_000,
        unreadBytes: 67_108_864,
        unreadBytesPerCaller: 33_554_432,
        unreadBytesPerConnection: 16_777_216,
        subscriptions: 5_000,
        subscriptionsPerCaller: 100,
        tokens: 5_000,
        depth: 16,
        aliases: 50,
        directives: 50,
        cost: 100_000,
        answerBytes: 8_388_608,
        answerBytesInProgress: 16_777_216,
      },
      exposure: { introspection: true, graphiql: true, errorDetail: true },
      corsOrigins: [],
      callbackOrigins: [],
      persisted: { only: false },
    });
  });

  it('show nothing of the inside in production, unless it is asked for', () => {
    const hidden = { introspection: false, graphiql: false, errorDetail: false };
    const production = { NODE_ENV: 'production', CONNECT_ADAPTER: 'embedded' };
    expect(readConfig(production).exposure).toEqual(hidden);
    for (const [name, member] of [
      ['INTROSPECTION', 'introspection'],
      ['GRAPHIQL', 'graphiql'],
      ['ERROR_DETAIL', 'errorDetail'],
    ] as const) {
      const { exposure } = readConfig({ ...production, [name]: 'on' });
      expect(exposure).toEqual({ ...hidden, [member]: true });
      expect(readConfig({ [name]: 'off' }).exposure[member]).toBe(false);
    }
  });

  it('refuses production without CONNECT_ADAPTER for the gateway alone', () => {
    const message = /CONNECT_ADAPTER: production needs a value\./;
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(message);
    expect(() => readConfig({ NODE_ENV: 'production', CONNECT_ADAPTER: '' })).toThrow(message);
    expect(readConfig({ NODE_ENV: 'production', CONNECT_ADAPTER: 'embedded' }).adapter).toBe('embedded');
    expect(readConfig({ NODE_ENV: 'production' }, 'emulator').adapter).toBe('embedded');
    expect(readConfig({ NODE_ENV: 'development' }).adapter).toBe('embedded');
  });

  it('treats empty settings as unset', () => {
    const empty = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, '']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('are those that docs/operate/configuration.md lists', () => {
    const page = readFileSync('docs/operate/configuration.md', 'utf8');
    const section = /generated: settings -->\n([\s\S]*?)<!-- end/.exec(page)?.[1] ?? '';
    const listed = [...section.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(Object.keys(SETTINGS).sort());
  });

  it('serve metrics beyond loopback on a port of their own alone', () => {
    const beyond = { HOST: '0.0.0.0', AUTH: 'none', METRICS: 'on' };
    expect(problem(beyond)).toContain('METRICS: 0.0.0.0 can be reached from other machines');
    expect(readConfig({ ...beyond, METRICS_PORT: '9464' }).metrics).toEqual({ port: 9464 });
    expect(readConfig({ METRICS: 'on' }).metrics).toEqual({ port: undefined });
    expect(readConfig({ METRICS_PORT: '9464' }).metrics).toBeUndefined();
    expect(problem({ OTEL_EXPORTER_OTLP_ENDPOINT: '127.0.0.1:4318' })).toContain('OTEL_EXPORTER_OTLP_ENDPOINT: ');
    for (const share of ['1.5', '-1', 'all']) {
      expect(problem({ OTEL_TRACES_SAMPLER_ARG: share })).toContain('OTEL_TRACES_SAMPLER_ARG: ');
    }
    const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
    const url = 'http://127.0.0.1:4318/v1/traces';
    expect(readConfig(traced).traces).toEqual({ url, share: 0.05, isParentBased: true });
  });

  it('take instances with or without an alias; the first is meant, or the one that is named', () => {
    const instances = [{ id: 'a', alias: 'sales' }, { id: 'b' }];
    const listed = { CONNECT_INSTANCES: 'a|sales, b' };
    expect(readConfig(listed)).toMatchObject({ instanceId: 'a', instances });
    expect(readConfig({ ...listed, CONNECT_INSTANCE_ID: 'b' })).toMatchObject({ instanceId: 'b', instances });
    expect(readConfig({ ...listed, CONNECT_INSTANCE_ID: 'sales' })).toMatchObject({ instanceId: 'a', instances });
    expect(readConfig({ CONNECT_INSTANCE_ID: 'b' })).toMatchObject({ instanceId: 'b', instances: [{ id: 'b' }] });
    expect(problem({ ...listed, CONNECT_INSTANCE_ID: 'c' })).toBe(
      'CONNECT_INSTANCE_ID: expected one of CONNECT_INSTANCES, by id or alias, but got "c".',
    );
  });

  it('take a region for each instance, which no other one has to differ from', () => {
    const text = 'a|sales|eu-west-2, b||eu-west-2, c|gov|us-gov-west-1, d';
    expect(readConfig({ CONNECT_INSTANCES: text }).instances).toEqual([
      { id: 'a', alias: 'sales', region: 'eu-west-2' },
      { id: 'b', region: 'eu-west-2' },
      { id: 'c', alias: 'gov', region: 'us-gov-west-1' },
      { id: 'd' },
    ]);
  });

  it('take the rate of any operation, and leave the others', () => {
    const { upstream } = readConfig({ CONNECT_RATES: 'StartTaskContact=10/20, SearchContacts=0.25/2' });
    expect(upstream.rates).toEqual({
      ...RATES,
      StartTaskContact: { perSecond: 10, burst: 20 },
      SearchContacts: { perSecond: 0.25, burst: 2 },
    });
    const wrong = [
      'StartTaskContact',
      'StartTaskContact=10',
      'StartTask=1/1',
      'StartTaskContact=0/1',
      'TagContact=1/0',
    ];
    for (const CONNECT_RATES of wrong) expect(problem({ CONNECT_RATES })).toContain('OPERATION=RATE/BURST');
  });

  it('take times of at least a millisecond, and at least one replica', () => {
    for (const name of ['REQUEST_TIMEOUT_MS', 'CONNECT_CALL_TIMEOUT_MS', 'CONNECT_REPLICAS']) {
      expect(problem({ [name]: '0' })).toContain(name);
    }
  });

  it('take some of the quotas, or all', () => {
    expect(readConfig({ CONNECT_QUOTAS: 'ChainTasks=11' }).quotas).toEqual({
      activeTasks: 2500,
      chainTasks: 11,
      scheduleAheadDays: 6,
    });
    expect(readConfig({ CONNECT_QUOTAS: 'ActiveTasks=10, ChainTasks=1,ScheduleAheadDays=30' }).quotas).toEqual({
      activeTasks: 10,
      chainTasks: 1,
      scheduleAheadDays: 30,
    });
  });

  it('schedule 6 days ahead on the embedded engine, 90 before a real instance, or as many as set', () => {
    const ahead = (settings: Record<string, string>, program?: 'emulator') =>
      readConfig({ CONNECT_INSTANCE_ID: 'i', ...settings }, program).quotas.scheduleAheadDays;
    expect(ahead({})).toBe(6);
    expect(ahead({ CONNECT_ADAPTER: 'aws' })).toBe(90);
    expect(ahead({ CONNECT_ADAPTER: 'aws' }, 'emulator')).toBe(6);
    for (const CONNECT_ADAPTER of ['aws', 'embedded']) {
      expect(ahead({ CONNECT_ADAPTER, CONNECT_QUOTAS: 'ScheduleAheadDays=14' })).toBe(14);
    }
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'file:'],
    ['CONNECT_ADAPTER', 'genesys'],
    ['CONNECT_INSTANCES', 'a,,b'],
    ['CONNECT_INSTANCES', 'a|b|c'],
    ['CONNECT_INSTANCES', 'a|'],
    ['CONNECT_INSTANCES', 'a|b,b'],
    ['CONNECT_INSTANCES', 'a||'],
    ['CONNECT_INSTANCES', 'a|b|Frankfurt'],
    ['CONNECT_INSTANCES', 'a|b|eu-west-2|c'],
    ['CONNECT_QUOTAS', 'Tasks=1'],
    ['CONNECT_THROTTLE', 'true'],
    ['CONNECT_RETENTION_DAYS', '6'],
    ['CONNECT_RETENTION_DAYS', '36501'],
    ['CONNECT_RETENTION_DAYS', '30.5'],
    ['CONNECT_QUOTAS', 'ChainTasks=-1'],
    ['MAX_UPSTREAM_CALLS', '0'],
    ['DRAIN_TIMEOUT_MS', '1.5'],
    ['LOG_LEVEL', 'loud'],
    ['AUTH', 'maybe'],
    ['AUTH_JWKS_URL', 'keys'],
    ['AUTH_JWKS_URL', 'http://issuer.example.com/jwks'],
    ['AUTH_JWKS_URL', 'file:///etc/keys'],
    ['AUDIT_LOG', 'yes'],
    ['AUDIT_TASK_NAMES', 'yes'],
    ['MAX_DEPTH', '0'],
    ['MAX_COST', '1.5'],
    ['MAX_BODY_BYTES', '-1'],
    ['MAX_TOKENS', 'many'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://app.example.com/'],
    ['CORS_ORIGINS', 'app.example.com'],
    ['CORS_ORIGINS', 'null'],
    ['INTROSPECTION', 'yes'],
    ['PERSISTED_DOCUMENTS', 'on'],
  ])('names a wrong setting and what came: %s=%s', (name, value) => {
    expect(problem({ [name]: value })).toMatch(
      new RegExp(`^${name}: expected .+ got "${value.replace(/[.*+?]/g, '\\$&')}"`),
    );
  });

  it.each(['postgres://user:secret@db:5433/connect?sslmode=verify-full', 'postgresql://db/connect', 'file:connect.db'])(
    'take a database at %s',
    (url) => {
      expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
    },
  );

  it('reports all wrong settings at once', () => {
    expect(problem({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).toHaveLength(2);
  });

  it.each(['127.0.0.999', ' 127.0.0.1'])('refuse an address that only looks like this machine: HOST=%s', (host) => {
    for (const AUTH of ['', 'none']) expect(problem({ HOST: host, AUTH })).toMatch(/^HOST: expected an IP address/);
  });

  it('never show the password that a URL holds', () => {
    expect(problem({ DATABASE_URL: 'mysql://user:secret@db/connect' })).not.toContain('secret');
    expect(problem({ DATABASE_URL: 'postgres://user:secret@db:port/connect?password=secret' })).not.toContain('secret');
  });

  it.each(['0.0.0.0', '::', '192.168.1.2', 'gateway.example.com', '127.0.0.1.example.com'])(
    'do not open the gateway to other machines by mistake: HOST=%s needs authentication, or AUTH=none',
    (host) => {
      const message = problem({ HOST: host });
      for (const name of ['AUTH=none', 'AUTH_ISSUER', 'AUTH_AUDIENCE']) expect(message).toContain(name);
      expect(readConfig({ HOST: host, AUTH: 'none' }).host).toBe(host);
      expect(readConfig({ HOST: host, ...AUTH })).toMatchObject({ host, auth: { jwksUrl: AUTH.AUTH_JWKS_URL } });
    },
  );

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('take %s for this machine', (host) => {
    expect(readConfig({ HOST: host }).host).toBe(host);
  });

  it('serve the AWS wire where a port is given, and from the emulator always', () => {
    expect(readConfig({}).wire).toBeUndefined();
    expect(readConfig({ CONNECT_WIRE_PORT: '4200' }).wire).toEqual({ port: 4200 });
    expect(readConfig({}, 'emulator').wire).toEqual({ port: 4100 });
    expect(readConfig({ ...KEYS, CONNECT_WIRE_PORT: '0' }, 'emulator').wire).toEqual({
      port: 0,
      credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' },
    });
  });

  it.each([
    ['METRICS', { METRICS: 'on' }, { METRICS_PORT: '4001' }],
    ['CONNECT_WIRE_PORT', { CONNECT_WIRE_PORT: '4100' }, KEYS],
  ])('refuse %s that trusts this machine beside an API that a proxy serves to others', (name, settings, remedy) => {
    const production = { NODE_ENV: 'production', CONNECT_ADAPTER: 'embedded' };
    for (const others of [AUTH, { AUTH: 'none' }, production]) {
      const environment: Readonly<Record<string, string>> = { ...others, ...settings };
      expect(problem(environment)).toMatch(new RegExp(`^${name}: .* a proxy on this machine`));
      expect(() => readConfig({ ...environment, ...remedy })).not.toThrow();
    }
    expect(() => readConfig(settings as Readonly<Record<string, string>>)).not.toThrow();
  });

  it('take certificate and key of TLS together, and authorities of clients only with them', () => {
    const tls = { TLS_CERT_FILE: '/tls/cert.pem', TLS_KEY_FILE: '/tls/key.pem' };
    expect(readConfig({}).tls).toBeUndefined();
    expect(readConfig(tls).tls).toEqual({
      certFile: '/tls/cert.pem',
      keyFile: '/tls/key.pem',
      clientCaFile: undefined,
    });
    for (const name of Object.keys(tls)) expect(problem({ ...tls, [name]: '' })).toContain('only one of them is set');
    expect(problem({ TLS_CLIENT_CA_FILE: '/tls/ca.pem' })).toMatch(
      /^TLS_CLIENT_CA_FILE: .* Set TLS_CERT_FILE and TLS_KEY_FILE/,
    );
    const mutual = { ...tls, TLS_CLIENT_CA_FILE: '/tls/ca.pem', HOST: '0.0.0.0' };
    expect(readConfig(mutual).tls?.clientCaFile).toBe('/tls/ca.pem');
    expect(problem({ ...mutual, AUTH: 'none' })).toMatch(/^AUTH: none accepts every caller/);
    expect(problem({ ...tls, HOST: '0.0.0.0' })).toMatch(/^HOST: /);
  });

  it('refuse a port that two of them name', () => {
    expect(problem({ PORT: '4100', CONNECT_WIRE_PORT: '4100' })).toBe(
      'CONNECT_WIRE_PORT: 4100 is the port of PORT as well. Set another port.',
    );
    expect(problem({ METRICS: 'on', METRICS_PORT: '4000' })).toBe(
      'METRICS_PORT: 4000 is the port of PORT as well. Set another port.',
    );
    expect(readConfig({ METRICS: 'on', PORT: '0', METRICS_PORT: '0', CONNECT_WIRE_PORT: '0' }).port).toBe(0);
    expect(readConfig({ METRICS_PORT: '4000' }).metrics).toBeUndefined();
    expect(readConfig({ PORT: '4100' }, 'emulator').wire?.port).toBe(4100);
  });

  it('do not open the wire to other machines without access keys', () => {
    const open = { HOST: '0.0.0.0', AUTH: 'none', CONNECT_WIRE_PORT: '4100' };
    expect(problem(open)).toContain('CONNECT_WIRE_ACCESS_KEY_ID');
    expect(readConfig({ ...open, ...KEYS }).wire?.credentials).toBeDefined();
    expect(() => readConfig({ HOST: '0.0.0.0' }, 'emulator')).toThrow('CONNECT_WIRE_ACCESS_KEY_ID');
    expect(readConfig({ HOST: '0.0.0.0', ...KEYS }, 'emulator').host).toBe('0.0.0.0');
  });

  it('need an instance before aws, and serve no wire of an engine that is not there', () => {
    const aws = { CONNECT_ADAPTER: 'aws', AWS_REGION: 'eu-west-2' };
    expect(problem(aws)).toMatch(/^CONNECT_INSTANCE_ID: /);
    expect(problem({ ...aws, CONNECT_INSTANCE_ID: 'mine', CONNECT_WIRE_PORT: '0' })).toMatch(/^CONNECT_WIRE_PORT: /);
    const queue = { CONNECT_EVENTS_QUEUE_URL: 'https://sqs.eu-west-2.amazonaws.com/111122223333/events' };
    expect(problem(queue)).toMatch(/^CONNECT_EVENTS_QUEUE_URL: /);
    expect(readConfig({ ...aws, CONNECT_INSTANCE_ID: 'mine', ...queue }).events.queueUrl).toBe(
      queue.CONNECT_EVENTS_QUEUE_URL,
    );
    expect(problem({ ...aws, CONNECT_INSTANCE_ID: 'mine', CONNECT_EVENTS_TARGET: 'http://127.0.0.1' })).toMatch(
      /^CONNECT_EVENTS_TARGET: /,
    );
    expect(readConfig({ ...aws, CONNECT_INSTANCE_ID: 'mine', CONNECT_STRICT: 'on' })).toMatchObject({
      adapter: 'aws',
      instanceId: 'mine',
      upstreamCalls: 'refuse',
      strict: true,
      aws: { region: 'eu-west-2' },
    });
    expect(readConfig(aws, 'emulator').wire).toEqual({ port: 4100 });
  });

  it('take issuer and audience of authentication, or none; the URL of the keys may be unset', () => {
    expect(readConfig({ ...AUTH, AUTH_INSTANCES_CLAIM: 'instances' }).auth).toEqual({
      jwksUrl: AUTH.AUTH_JWKS_URL,
      issuer: AUTH.AUTH_ISSUER,
      audience: AUTH.AUTH_AUDIENCE,
      allowHttp: false,
      resourceUrl: undefined,
      instancesClaim: 'instances',
    });
    for (const name of ['AUTH_ISSUER', 'AUTH_AUDIENCE']) {
      expect(problem({ ...AUTH, [name]: '' })).toMatch(new RegExp(`^${name}: authentication needs`));
    }
    expect(problem({ AUTH_INSTANCES_CLAIM: 'instances' })).toMatch(/^AUTH_ISSUER, AUTH_AUDIENCE: /);
    expect(readConfig({ ...AUTH, AUTH_JWKS_URL: '' }).auth).toMatchObject({ jwksUrl: undefined });
    expect(problem({ ...AUTH, AUTH: 'none' })).toMatch(/^AUTH: none accepts every caller/);
  });

  it('take keys in the clear from this machine alone, and no password in an address', () => {
    for (const AUTH_JWKS_URL of ['http://127.0.0.1:4500/jwks', 'http://localhost/jwks', 'http://[::1]:4500/jwks']) {
      expect(readConfig({ ...AUTH, AUTH_JWKS_URL }).auth?.jwksUrl).toBe(AUTH_JWKS_URL);
    }
    const AUTH_JWKS_URL = 'http://issuer.example.com/jwks';
    expect(readConfig({ ...AUTH, AUTH_JWKS_URL, AUTH_ALLOW_HTTP: 'on' }).auth).toMatchObject({
      jwksUrl: AUTH_JWKS_URL,
      allowHttp: true,
    });
    const message = problem({ ...AUTH, AUTH_JWKS_URL: 'https://user:secret@issuer.example.com/jwks' });
    expect(message).toMatch(/^AUTH_JWKS_URL: /);
    expect(message).not.toContain('secret');
  });

  it.each([
    ['http://issuer.example.com', 'https://issuer.example.com/jwks', /^AUTH_ISSUER: expected an https/],
    ['http://issuer.example.com', '', /^AUTH_ISSUER: expected an https/],
    ['issuer.example.com', '', /^AUTH_ISSUER: expected an https/],
    ['https://user:secret@issuer.example.com', '', /^AUTH_ISSUER: expected an https.* but got "https:\/\/…"\./],
  ])('take no issuer %s with keys at "%s" unless AUTH_ALLOW_HTTP is on', (AUTH_ISSUER, AUTH_JWKS_URL, message) => {
    expect(problem({ ...AUTH, AUTH_ISSUER, AUTH_JWKS_URL })).toMatch(message);
    if (!AUTH_ISSUER.startsWith('http:')) return;
    const auth = { ...AUTH, AUTH_ISSUER, AUTH_JWKS_URL, AUTH_ALLOW_HTTP: 'on' };
    expect(readConfig(auth).auth).toMatchObject({ issuer: AUTH_ISSUER });
  });

  it('take an issuer that is no URL if the URL of its keys is set, and an issuer of this machine by http', () => {
    expect(readConfig({ ...AUTH, AUTH_ISSUER: 'accounts.example.com' }).auth).toMatchObject({
      issuer: 'accounts.example.com',
    });
    const local = { ...AUTH, AUTH_ISSUER: 'http://127.0.0.1:4500', AUTH_JWKS_URL: '' };
    expect(readConfig(local).auth).toMatchObject({ issuer: 'http://127.0.0.1:4500' });
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/base/' }, 'http://c:4318/base/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c:4318/own' }, 'http://c:4318/own'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://d:4318/' },
      'http://d:4318/',
    ],
  ])('send traces where the OpenTelemetry specification says: %j', (settings, url) => {
    expect(readConfig(settings as Readonly<Record<string, string>>).traces).toMatchObject({ url });
  });

  it.each([
    ['OTEL_SDK_DISABLED', 'true'],
    ['OTEL_TRACES_EXPORTER', 'none'],
    ['OTEL_TRACES_SAMPLER', 'always_off'],
  ])('send no traces with %s=%s', (name, value) => {
    expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', [name]: value }).traces).toBeUndefined();
  });

  it.each([
    ['always_on', 1, false],
    ['traceidratio', 0.2, false],
    ['parentbased_always_on', 1, true],
    ['parentbased_always_off', 0, true],
    ['parentbased_traceidratio', 0.2, true],
  ])('sample traces by OTEL_TRACES_SAMPLER=%s', (OTEL_TRACES_SAMPLER, share, isParentBased) => {
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_TRACES_SAMPLER_ARG: '0.2' };
    expect(readConfig({ ...settings, OTEL_TRACES_SAMPLER }).traces).toMatchObject({ share, isParentBased });
  });

  it('take both access keys, or neither', () => {
    for (const name of Object.keys(KEYS)) {
      const message = problem({ [name]: 'secret' });
      expect(message).toContain('Set both, or neither');
      expect(message).not.toContain('secret');
    }
  });
});
