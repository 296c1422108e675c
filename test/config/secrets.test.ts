import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Config, ConfigError, readConfig } from '../../src/config/config.js';
import { databaseKind, shownDatabaseUrl } from '../../src/util/database-url.js';

/** How the driver of PostgreSQL reads a URL: `pg` brings this package, and asks the name server for its host. */
const require = createRequire(createRequire(import.meta.url).resolve('pg'));
const { parse } = require('pg-connection-string') as {
  parse(url: string): { readonly host: string | null; readonly password?: string };
};

/** Settings that may hold a secret, with the host that a good value names. */
const SECRET_SETTINGS = [
  'DATABASE_URL',
  'AUTH_ISSUER',
  'AUTH_JWKS_URL',
  'AUTH_RESOURCE_URL',
  'AWS_ENDPOINT_URL_CONNECT',
  'CONNECT_EVENTS_TARGET',
  'CONNECT_EVENTS_QUEUE_URL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'CORS_ORIGINS',
] as const;

const HOST = 'db.example.com';

/** A word that occurs nowhere else. */
const word = fc.string({ unit: fc.constantFrom(...'QXZqxz789'), minLength: 6, maxLength: 12 });
/** A secret of such words, with what has a meaning in URLs between them. */
const secret = fc
  .array(
    fc.tuple(
      word,
      fc.constantFrom('', '/', '?', '#', '@', ':', '%', '%2F', '&', '=', '\\', ' ', '[', ']', ',', '+', ';'),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => ({ words: parts.map(([text]) => text), text: parts.flat().join('') }));
const scheme = fc.constantFrom(
  ...['postgres://', 'postgresql://', 'POSTGRES://', 'postgres:/', 'postgres:', 'postgre://', 'mysql://'],
  ...['http://', 'https://', 'http:/', 'https:', '//', ''],
);
const user = fc.constantFrom('connect:', ':', '', 'connect:1234/', 'connect@');
const place = fc.constantFrom(
  `@${HOST}`,
  `@${HOST}:5432`,
  `@${HOST}:port`,
  '@',
  `@/connect?host=${HOST}`,
  `@${HOST},${HOST}`,
);
const rest = fc.constantFrom('', '/connect', '/connect?sslmode=verify-full', '/a b', '#part', ' ', '/connect/');

const valuesOf = (ways: fc.Arbitrary<string>) =>
  fc.tuple(ways, user, secret, place, rest).map(([way, who, { words, text }, where, end]) => ({
    words,
    value: way + who + text + where + end,
  }));
/** A value with a secret in the place of the password, most often malformed. */
const inUserinfo = valuesOf(scheme);
/** The same of URLs that begin as those of PostgreSQL. */
const inPostgresUrl = valuesOf(fc.constantFrom('postgres://', 'postgresql://'));
/** A value with a secret in the query, or in the keywords that other drivers take. */
const inQuery = fc
  .tuple(
    word,
    fc.constantFrom(
      (text: string) => `postgres://${HOST}:port/connect?password=${text}`,
      (text: string) => `postgres://${HOST}/connect#${text}`,
      (text: string) => `mysql://${HOST}/connect?password=${text}`,
      (text: string) => `http://${HOST}/?token=${text}`,
      (text: string) => `http://${HOST}/#${text}`,
      (text: string) => `http://connect:${text}`,
    ),
  )
  .map(([text, form]) => ({ words: [text], value: form(text) }));
/** Keywords as other drivers take them, which only a database is named by. */
const inKeywords = fc
  .tuple(word, fc.constantFrom('host=db password=', 'Server=db;Password=', 'connect:', ''))
  .map(([text, before]) => ({ words: [text], value: before + text }));

function read(environment: Readonly<Record<string, string>>): Config | ConfigError {
  try {
    return readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

const AUTH = { AUTH_ISSUER: 'https://issuer.example.com', AUTH_AUDIENCE: 'gateway' };

describe('A secret in a setting', () => {
  it.each(SECRET_SETTINGS)('stands in no message that refuses a value of %s', (name) => {
    const forms = name === 'DATABASE_URL' ? fc.oneof(inUserinfo, inQuery, inKeywords) : fc.oneof(inUserinfo, inQuery);
    fc.assert(
      fc.property(forms, ({ words, value }) => {
        const result = read({ ...(name.startsWith('AUTH_') && AUTH), [name]: value });
        if (!(result instanceof ConfigError)) return;
        for (const text of words) expect(result.message).not.toContain(text);
        expect(result.message).toContain(`${name}: `);
      }),
      { numRuns: 1_000 },
    );
  });

  it('stands in nothing that is shown of an accepted database URL, and reaches no name server', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(inPostgresUrl, inQuery), ({ words, value }) => {
        if (databaseKind(value) !== 'postgres') return;
        accepted++;
        const asked = parse(value).host ?? '';
        expect(['', HOST]).toContain(asked);
        for (const text of words) expect(shownDatabaseUrl(value)).not.toContain(text);
        expect(shownDatabaseUrl(value)).toContain(asked);
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it('stands in no message about the AWS API server', () => {
    fc.assert(
      fc.property(secret, ({ words, text }) => {
        const alone = read({ CONNECT_WIRE_SECRET_ACCESS_KEY: text, PORT: 'x' });
        const keys = read({
          CONNECT_WIRE_SECRET_ACCESS_KEY: text,
          CONNECT_WIRE_ACCESS_KEY_ID: 'AKID',
          HOST: '0.0.0.0',
        });
        for (const result of [alone, keys]) {
          expect(result).toBeInstanceOf(ConfigError);
          for (const part of words) expect((result as ConfigError).message).not.toContain(part);
        }
      }),
    );
  });

  it('is not printed for the password that began the rule', () => {
    const result = read({ DATABASE_URL: 'postgres://connect:1234/Secret@db.example.com:5432/connect' });
    expect(result).toBeInstanceOf(ConfigError);
    expect((result as ConfigError).message).not.toMatch(/1234|Secret|connect:/);
  });
});

describe('The URL of a PostgreSQL database', () => {
  const password = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed());

  it('brings any password that is percent-encoded to the driver', () => {
    fc.assert(
      fc.property(password, (text) => {
        const url = `postgres://connect:${encodeURIComponent(text)}@${HOST}:5432/connect`;
        expect(databaseKind(url)).toBe('postgres');
        expect(parse(url)).toMatchObject({ host: HOST, password: text });
      }),
    );
  });
});
