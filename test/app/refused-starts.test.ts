import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { startGateway } from '../../src/app/gateway.js';
import { serveEngine } from '../../src/app/start-emulator.js';
import { type Program, readConfig } from '../../src/config/config.js';
import { temporaryFolder } from '../support/process.js';

type Environment = Readonly<Record<string, string>>;

const TOKENS = { AUTH_ISSUER: 'https://issuer.example.com', AUTH_AUDIENCE: 'tasks' };
const CERTIFICATE = { TLS_CERT_FILE: '$FOLDER/text', TLS_KEY_FILE: '$FOLDER/text' };

/** Each kind of refusal: what is wrong, the settings, and the message. Its last sentence says what to do. */
const REFUSALS: readonly (readonly [string, Environment, string])[] = [
  [
    'a file of another program',
    { DATABASE_URL: 'file:$FOLDER/text' },
    '$FOLDER/text is not a database of this program (SQLite cannot read it). Nothing was changed. Set DATABASE_URL to another database, or move this one away.',
  ],
  [
    'a folder in place of a file',
    { DATABASE_URL: 'file:$FOLDER/folder' },
    '$FOLDER/folder is not a database of this program (SQLite cannot read it). Nothing was changed. Set DATABASE_URL to another database, or move this one away.',
  ],
  [
    'a device in place of a file',
    { DATABASE_URL: 'file:/dev/null' },
    'The database file /dev/null cannot be used (it is a device, a pipe or a socket). Let this user write the file and its folder, or set DATABASE_URL to another file.',
  ],
  [
    'a file below a file',
    { DATABASE_URL: 'file:$FOLDER/text/a/b.db' },
    "The database file $FOLDER/text/a/b.db cannot be used (ENOTDIR: not a directory, mkdir '$FOLDER/text/a'). Let this user write the file and its folder, or set DATABASE_URL to another file.",
  ],
  [
    'PostgreSQL that does not run',
    { DATABASE_URL: 'postgres://127.0.0.1:1/connect' },
    'The database postgres://127.0.0.1:1/connect cannot be used (connect ECONNREFUSED 127.0.0.1:1). Start it, or set DATABASE_URL to another database.',
  ],
  [
    'a database of another kind',
    { DATABASE_URL: 'mysql://db/connect' },
    'DATABASE_URL: expected file: and the path of a file, or postgres://USER:PASSWORD@HOST:PORT/DATABASE, where @ / ? # % and spaces of user and password are %40 %2F %3F %23 %25 %20, but got a value that is not shown, since it may hold a password.',
  ],
  [
    'a seed that is not there',
    { CONNECT_SEED: '$FOLDER/none.json' },
    "CONNECT_SEED: $FOLDER/none.json cannot be used. Nothing of it was stored. Correct it, or unset CONNECT_SEED:\n  The file cannot be read (ENOENT: no such file or directory, open '$FOLDER/none.json').",
  ],
  [
    'a seed of another form',
    { CONNECT_SEED: '$FOLDER/wrong.json' },
    'CONNECT_SEED: $FOLDER/wrong.json cannot be used. Nothing of it was stored. Correct it, or unset CONNECT_SEED:\n  instances: It must be of type array, but it is 1.',
  ],
  [
    'an instance that the database lacks',
    { CONNECT_INSTANCE_ID: 'nowhere' },
    'CONNECT_INSTANCE_ID: the database file:$FOLDER/connect.db has no instance nowhere. Unset CONNECT_INSTANCE_ID to use the sample instance, or add the instance by CONNECT_SEED.',
  ],
  ['a port out of range', { PORT: '99999' }, 'PORT: expected a whole number from 0 to 65535, but got "99999".'],
  [
    'a port that two settings name',
    { PORT: '4555', METRICS: 'on', METRICS_PORT: '4555' },
    'METRICS_PORT: 4555 is the port of PORT as well. Set another port.',
  ],
  [
    'an address of another machine',
    { HOST: '192.0.2.1', AUTH: 'none' },
    'HOST: this machine has no address 192.0.2.1. Set HOST to one of its addresses, or to 127.0.0.1.',
  ],
  [
    'an address that other machines reach',
    { HOST: '0.0.0.0' },
    'HOST: 0.0.0.0 can be reached from other machines, but callers are not authenticated. Keep HOST=127.0.0.1, set AUTH_ISSUER and AUTH_AUDIENCE or TLS_CLIENT_CA_FILE, or set AUTH=none if every caller may create tasks.',
  ],
  [
    'production without an adapter',
    { NODE_ENV: 'production' },
    'CONNECT_ADAPTER: production needs a value. Set aws for a real instance, or embedded for the simulation, whose tasks reach no agent.',
  ],
  [
    'metrics on the port of the API in production',
    { NODE_ENV: 'production', CONNECT_ADAPTER: 'embedded', METRICS: 'on' },
    'METRICS: /metrics is on the port of the API; with authentication or NODE_ENV=production, a proxy on this machine would publish it to its own callers. Set METRICS_PORT to a port of its own.',
  ],
  ['an unknown adapter', { CONNECT_ADAPTER: 'azure' }, 'CONNECT_ADAPTER: expected embedded or aws, but got "azure".'],
  [
    'a real instance without its id',
    { CONNECT_ADAPTER: 'aws' },
    'CONNECT_INSTANCE_ID: CONNECT_ADAPTER=aws needs an instance. Set the id of yours: the part after instance/ in its ARN.',
  ],
  [
    'the AWS API server with a real instance',
    { CONNECT_ADAPTER: 'aws', CONNECT_INSTANCE_ID: 'main', CONNECT_WIRE_PORT: '0' },
    'CONNECT_WIRE_PORT: it serves the embedded engine. Unset it with CONNECT_ADAPTER=aws.',
  ],
  [
    'half of the settings of authentication',
    { AUTH_ISSUER: TOKENS.AUTH_ISSUER },
    'AUTH_AUDIENCE: authentication needs AUTH_ISSUER and AUTH_AUDIENCE. Set both, or no AUTH_… setting.',
  ],
  [
    'an issuer by http',
    { ...TOKENS, AUTH_ISSUER: 'http://issuer.example.com' },
    'AUTH_ISSUER: expected an https:// URL without user and password, or an http:// URL of this machine, but got "http://issuer.example.com". AUTH_ALLOW_HTTP=on accepts other http:// URLs.',
  ],
  [
    'authentication that is on and off',
    { ...TOKENS, AUTH: 'none' },
    'AUTH: none accepts every caller, but AUTH_… settings authenticate callers. Unset one or the other.',
  ],
  [
    'a certificate without its key',
    { TLS_CERT_FILE: '$FOLDER/text' },
    'TLS_CERT_FILE, TLS_KEY_FILE: only one of them is set. Set both, or neither.',
  ],
  [
    'authorities of clients without TLS',
    { TLS_CLIENT_CA_FILE: '$FOLDER/text' },
    'TLS_CLIENT_CA_FILE: client certificates need TLS. Set TLS_CERT_FILE and TLS_KEY_FILE too.',
  ],
  [
    'a certificate that is not there',
    { ...CERTIFICATE, TLS_CERT_FILE: '$FOLDER/none.pem' },
    'TLS_CERT_FILE: cannot read $FOLDER/none.pem (ENOENT). Set a readable file.',
  ],
  [
    'a certificate that is no PEM',
    CERTIFICATE,
    'TLS_CERT_FILE, TLS_KEY_FILE, TLS_CLIENT_CA_FILE: not usable together (error:0480006C:PEM routines::no start line). Set a PEM certificate, its key, and PEM authorities.',
  ],
  [
    'half of an access key',
    { CONNECT_WIRE_ACCESS_KEY_ID: 'AKIDLOCAL' },
    'CONNECT_WIRE_ACCESS_KEY_ID, CONNECT_WIRE_SECRET_ACCESS_KEY: only one of them is set. Set both, or neither.',
  ],
  [
    'a wildcard for origins',
    { CORS_ORIGINS: '*' },
    'CORS_ORIGINS: expected origins as browsers send them, without path, default port and wildcard, such as https://app.example.com,http://localhost:3000, but got "*".',
  ],
  [
    'a manifest of documents that is not there',
    { PERSISTED_DOCUMENTS: 'only', PERSISTED_DOCUMENTS_FILE: '$FOLDER/none.json' },
    "PERSISTED_DOCUMENTS_FILE: $FOLDER/none.json cannot be used: ENOENT: no such file or directory, open '$FOLDER/none.json'. Set it to a manifest that can be read.",
  ],
];

describe('A refused start', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    mkdirSync(join(folder.path, 'folder'));
    writeFileSync(join(folder.path, 'text'), 'text\n');
    writeFileSync(join(folder.path, 'wrong.json'), '{"instances":1}');
  });

  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
  });

  const inFolder = (text: string) => text.replaceAll('$FOLDER', folder.path);

  /** Starts a program, which must fail, and returns the message. */
  async function refusal(environment: Environment, program: Program): Promise<string> {
    const settings = Object.entries(environment).map(([name, value]) => [name, inFolder(value)]);
    const defaults = { PORT: '0', DATABASE_URL: inFolder('file:$FOLDER/connect.db') };
    const logger = pino({ level: 'silent' });
    try {
      const config = readConfig({ ...defaults, ...Object.fromEntries(settings) }, program);
      const running = await (program === 'gateway' ? startGateway(config, { logger }) : serveEngine(config, logger));
      await running.close();
    } catch (error) {
      return (error as Error).message;
    }
    return 'The program started.';
  }

  it.each(REFUSALS)('names the setting and the next step for %s', async (_what, environment, message) => {
    expect(await refusal(environment, 'gateway')).toBe(inFolder(message));
  });

  it('names the setting and the next step for an emulator that other machines reach', async () => {
    expect(await refusal({ HOST: '0.0.0.0', CONNECT_WIRE_PORT: '0' }, 'emulator')).toBe(
      'HOST: 0.0.0.0 can be reached from other machines, and the AWS API server would accept every signature. Keep HOST=127.0.0.1, or set CONNECT_WIRE_ACCESS_KEY_ID and CONNECT_WIRE_SECRET_ACCESS_KEY.',
    );
  });

  it('names the instance that the database of an emulator lacks', async () => {
    expect(await refusal({ CONNECT_INSTANCE_ID: 'nowhere', CONNECT_WIRE_PORT: '0' }, 'emulator')).toBe(
      inFolder(
        'CONNECT_INSTANCE_ID: the database file:$FOLDER/connect.db has no instance nowhere. Unset CONNECT_INSTANCE_ID to use the sample instance, or add the instance by CONNECT_SEED.',
      ),
    );
  });
});
