import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readConfig, SETTINGS } from '../src/config/config.js';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly ports?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: object;
  readonly read_only?: boolean;
  readonly stop_grace_period?: string;
}

const { services, volumes } = parse(readFileSync('compose.yaml', 'utf8')) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: object;
};
const { gateway, postgres } = services as { readonly gateway: Service; readonly postgres: Service };
const dockerfile = readFileSync('Dockerfile', 'utf8');
const image = Object.fromEntries(
  [...dockerfile.matchAll(/^ENV (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value] as const),
);

describe('compose.yaml', () => {
  it('sets what the gateway reads, so that it starts on the PostgreSQL beside it', () => {
    for (const name of Object.keys(gateway.environment)) expect(Object.keys(SETTINGS)).toContain(name);
    const config = readConfig({ ...image, ...gateway.environment });
    const { username, password, hostname, pathname } = new URL(config.databaseUrl);
    expect(config.host).toBe('0.0.0.0');
    expect(Object.keys(services)).toContain(hostname);
    expect({ POSTGRES_USER: username, POSTGRES_PASSWORD: password, POSTGRES_DB: pathname.slice(1) }).toEqual(
      postgres.environment,
    );
    expect(gateway.depends_on?.[hostname]?.condition).toBe('service_healthy');
    expect(postgres.healthcheck).toBeDefined();
    for (const volume of postgres.volumes ?? []) expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
  });

  it('opens nothing beyond this machine while everyone is served', () => {
    expect(gateway.environment.AUTH).toBe('none');
    expect(gateway.environment.CONNECT_ADAPTER).toBe('embedded');
    expect(gateway.ports).toEqual([`127.0.0.1:${image.PORT}:${image.PORT}`]);
    expect(postgres).not.toHaveProperty('ports');
  });

  it('gives the gateway the time that it needs to drain', () => {
    const { drainTimeoutMs } = readConfig(gateway.environment);
    expect(Number.parseInt(gateway.stop_grace_period ?? '', 10) * 1000).toBeGreaterThan(drainTimeoutMs + 2_000);
  });
});

describe('The Dockerfile', () => {
  it('sets what the gateway reads', () => {
    for (const name of Object.keys(image)) expect([...Object.keys(SETTINGS), 'NODE_ENV']).toContain(name);
  });

  it('runs as an unprivileged user, in production, with the Node that the project needs', () => {
    expect(image.NODE_ENV).toBe('production');
    expect(image.CONNECT_ADAPTER).toBe('embedded');
    expect(dockerfile).toMatch(/^USER node$/m);
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    const needed = /\d+/.exec(engines.node)?.[0];
    for (const [, version] of dockerfile.matchAll(/^FROM node:(\d+)/gm)) expect(version).toBe(needed);
  });

  it('gives Node the flags that npm start gives it', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Readonly<Record<string, string>>;
    };
    const flagsOf = (command = '') => command.match(/--[\w-]+(?:=\d+)?/g);
    expect(flagsOf(/^CMD (.*)$/m.exec(dockerfile)?.[1])).toEqual(flagsOf(scripts.start));
    expect(flagsOf(scripts.emulator)).toEqual(flagsOf(scripts.start));
  });
});
