import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { endpointOf, run, temporaryFolder } from '../support/process.js';

/** What a start uses. */
const PARTS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts', 'schema', 'src'];
const TOOLS = ['typescript', '@typescript', 'vite'];
/** Stands for the compiler: notes that it ran, and takes its time. */
const COMPILER = `
  import { appendFileSync } from 'node:fs';
  appendFileSync('runs', 'x');
  await new Promise((resolve) => setTimeout(resolve, 300));
`;

/** A copy of the project, built, whose node_modules has no tool. */
async function copyWithoutTools() {
  const folder = await temporaryFolder();
  const at = (path: string) => join(folder.path, path);
  for (const part of PARTS) cpSync(part, at(part), { recursive: true });
  cpSync('dist', at('dist'), { recursive: true, filter: (path) => !/^dist\/(graphiql|\.compiled)/.test(path) });
  mkdirSync(at('node_modules'));
  for (const name of readdirSync('node_modules')) {
    if (!TOOLS.includes(name)) symlinkSync(join(process.cwd(), 'node_modules', name), at(`node_modules/${name}`));
  }
  return {
    at,
    start: (script: string, settings = {}) =>
      run([script], { CONNECT_WIRE_PORT: '0', DATABASE_URL: `file:${at('connect.db')}`, ...settings }, { cwd: at('') }),
    build: () => run(['scripts/build.js', 'server'], {}, { cwd: at('') }),
    addCompiler() {
      mkdirSync(at('node_modules/typescript/bin'), { recursive: true });
      writeFileSync(at('node_modules/typescript/package.json'), '{ "type": "module" }');
      writeFileSync(at('node_modules/typescript/bin/tsc'), COMPILER);
    },
    change: () => writeFileSync(at('src/new.ts'), '// new'),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

describe('A start', () => {
  it('needs no tool where dist is as its sources', async () => {
    await using copy = await copyWithoutTools();
    const emulator = copy.start('scripts/emulator.js');
    await endpointOf(emulator);
    emulator.child.kill('SIGTERM');
    expect(await emulator.exit).toBe(0);
  });

  it.each(['scripts/start.js', 'scripts/emulator.js'])(
    'names the command that installs the compiler if it cannot compile changes, by %s',
    async (script) => {
      await using copy = await copyWithoutTools();
      copy.change();
      const program = copy.start(script);
      expect(await program.exit).toBe(1);
      expect(program.stderr()).toMatch(/^The build failed: it needs typescript, which is not installed\. Run `npm ci /);
    },
  );

  it("serves the API and names the command for GraphiQL's page where that cannot be built", async () => {
    await using copy = await copyWithoutTools();
    const program = copy.start('scripts/start.js', { CONNECT_WIRE_PORT: '' });
    await program.said(/The build of GraphiQL failed: it needs vite, which is not installed\. Run `npm ci /);
    await program.said(/The gateway is ready/);
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
  });

  it('builds no page that it does not serve', async () => {
    await using copy = await copyWithoutTools();
    const program = copy.start('scripts/start.js', {
      CONNECT_WIRE_PORT: '',
      NODE_ENV: 'production',
      CONNECT_ADAPTER: 'embedded',
    });
    await program.said(/The gateway is ready/);
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(program.stderr()).not.toContain('GraphiQL');
  });
});

describe('A build', () => {
  it('compiles once for several processes at once, and not again until a source changes', async () => {
    await using copy = await copyWithoutTools();
    copy.addCompiler();
    const runs = () => readFileSync(copy.at('runs'), 'utf8').length;
    copy.change();
    const together = [copy.build(), copy.build(), copy.build()];
    expect(await Promise.all(together.map(({ exit }) => exit))).toEqual([0, 0, 0]);
    expect(runs()).toBe(1);
    expect(await copy.build().exit).toBe(0);
    expect(runs()).toBe(1);
    writeFileSync(copy.at('src/new.ts'), '// newer');
    expect(await copy.build().exit).toBe(0);
    expect(runs()).toBe(2);
  });

  it('ends with its compiler on SIGTERM, and compiles again at the next start', async () => {
    await using copy = await copyWithoutTools();
    copy.addCompiler();
    writeFileSync(copy.at('node_modules/typescript/bin/tsc'), "console.log('compiles'); setInterval(() => {}, 1000);");
    copy.change();
    const emulator = copy.start('scripts/emulator.js');
    await emulator.said(/compiles/);
    emulator.child.kill('SIGTERM');
    expect(await emulator.exit).toBeNull();
    expect(emulator.child.signalCode).toBe('SIGTERM');
    copy.addCompiler();
    expect(await copy.build().exit).toBe(0);
    expect(readFileSync(copy.at('runs'), 'utf8')).toBe('x');
  });
});
