import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig, SETTINGS } from '../src/config.js';

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

describe('The settings', () => {
  it('serve a fresh machine without any', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      adapter: 'embedded',
      instanceId: '10000000-0000-4000-8000-000000000001',
      instances: [{ id: '10000000-0000-4000-8000-000000000001' }],
      strict: false,
      aws: {},
      databaseUrl: 'file:data/connect.db',
      quotas: { activeTasks: 2500, chainTasks: 12 },
      retentionDays: 730,
      throttle: false,
      maxRequests: 128,
      drainTimeoutMs: 20_000,
      logLevel: 'info',
    });
  });

  it('that are empty count as unset', () => {
    const empty = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, '']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('are those that README lists', () => {
    const readme = readFileSync('README.md', 'utf8');
    const section = /## Settings\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
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
    expect(readConfig(traced).traces).toEqual({ endpoint: 'http://127.0.0.1:4318', share: 0.05 });
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

  it('take one quota alone, or both', () => {
    expect(readConfig({ CONNECT_QUOTAS: 'ChainTasks=11' }).quotas).toEqual({ activeTasks: 2500, chainTasks: 11 });
    expect(readConfig({ CONNECT_QUOTAS: 'ActiveTasks=10, ChainTasks=1' }).quotas).toEqual({
      activeTasks: 10,
      chainTasks: 1,
    });
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'connect.db'],
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
    ['DRAIN_TIMEOUT_MS', '1.5'],
    ['LOG_LEVEL', 'loud'],
    ['AUTH', 'maybe'],
  ])('that are wrong are named with what came: %s=%s', (name, value) => {
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

  it('that are wrong are all told at once', () => {
    expect(problem({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).toHaveLength(2);
  });

  it('never show the password that a URL holds', () => {
    expect(problem({ DATABASE_URL: 'mysql://user:secret@db/connect' })).not.toContain('secret');
    expect(problem({ DATABASE_URL: 'postgres://user:secret@db:port/connect?password=secret' })).not.toContain('secret');
  });

  it.each([
    '0.0.0.0',
    '::',
    '192.168.1.2',
    'gateway.example.com',
    '127.0.0.1.example.com',
    '127.0.0.999',
    ' 127.0.0.1',
  ])('do not open the gateway to other machines by mistake: HOST=%s needs AUTH=none', (host) => {
    expect(problem({ HOST: host })).toContain('AUTH=none');
    expect(readConfig({ HOST: host, AUTH: 'none' }).host).toBe(host);
  });

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
    expect(readConfig({ ...aws, CONNECT_INSTANCE_ID: 'mine', CONNECT_STRICT: 'on' })).toMatchObject({
      adapter: 'aws',
      instanceId: 'mine',
      strict: true,
      aws: { region: 'eu-west-2' },
    });
    expect(readConfig(aws, 'emulator').wire).toEqual({ port: 4100 });
  });

  it('take both access keys, or neither', () => {
    for (const name of Object.keys(KEYS)) {
      const message = problem({ [name]: 'secret' });
      expect(message).toContain('set both, or neither');
      expect(message).not.toContain('secret');
    }
  });
});
