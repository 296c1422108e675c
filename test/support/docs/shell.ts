import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../process.js';

/** A shell in which a reader of one page works: commands keep their variables, and servers go on until the page ends. */
export interface Shell extends AsyncDisposable {
  /** Runs a block. Returns what it prints; rejects if a command fails. */
  run(script: string): Promise<string>;
}

/** Ports that the pages name, and what listens there. */
const PORTS = [4000, 4100, 4200, 4500] as const;

/**
 * What the pages' commands are here. curl is the real one; `npm start`, the emulator and the examples are started as the
 * scripts do, in the background, until they listen. A gateway and an emulator share a database, so the second one ends
 * the first, as the pages ask the reader to.
 */
const COMMANDS = `
set -euo pipefail
aws() { "$NODE" "$ROOT/test/support/docs/aws.js" "$@"; }
docker() { test -f "$ROOT/Dockerfile"; }
stop() { if test -n "\${SERVER:-}"; then kill "$SERVER"; wait "$SERVER" || true; SERVER=; fi; }
stop_other() { if test -n "\${OTHER:-}"; then kill "$OTHER"; wait "$OTHER" || true; fi; }
await() { for _ in $(seq 600); do if curl -s -o /dev/null "$1"; then return; fi; sleep 0.05; done; return 1; }
npm() {
  case "$*" in
    ci|test) ;;
    start) stop; (cd "$ROOT" && PORT=$PORT_4000 exec "$NODE" dist/main.js) >/dev/null 2>&1 & SERVER=$!
      await "http://127.0.0.1:$PORT_4000/health/live" ;;
    'run emulator') stop; (cd "$ROOT" && CONNECT_WIRE_PORT=$PORT_4100 exec "$NODE" dist/emulator.js) >/dev/null 2>&1 & SERVER=$!
      await "http://127.0.0.1:$PORT_4100/" ;;
    'run emulator -- --check'|'run emulator -- --backup FILE'|'run emulator -- --purge CONTACT') ;;
    'run example:issuer') (cd "$ROOT" && exec "$NODE" examples/issuer/main.js $PORT_4500) >/dev/null 2>&1 & OTHER=$!
      await "http://127.0.0.1:$PORT_4500/jwks" ;;
    'run example:supergraph') (cd "$ROOT" && exec "$NODE" examples/supergraph/main.js "http://127.0.0.1:$PORT_4000/graphql" $PORT_4200) >/dev/null 2>&1 & OTHER=$!
      await "http://127.0.0.1:$PORT_4200/" ;;
    'run example:client') (cd "$ROOT" && "$NODE" examples/client/main.ts "http://127.0.0.1:$PORT_4000/graphql") ;;
    *) echo "No page may show: npm $*" >&2; return 1 ;;
  esac
}
`;

/**
 * Opens a shell for one page, over a new database.
 *
 * @param isStarted whether a gateway runs already when the page begins
 */
export async function openShell(isStarted: boolean): Promise<Shell> {
  const folder = await temporaryFolder();
  const ports = await Promise.all(PORTS.map(freePort));
  const bash = spawn('bash', ['--noprofile', '--norc'], {
    cwd: folder.path,
    env: {
      PATH: process.env.PATH,
      HOME: folder.path,
      NODE: process.execPath,
      ROOT: resolve('.'),
      DATABASE_URL: `file:${join(folder.path, 'connect.db')}`,
      ...Object.fromEntries(PORTS.map((port, index) => [`PORT_${port}`, String(ports[index])])),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const closed = once(bash, 'close');
  let stdout = '';
  let stderr = '';
  let look = () => {};
  bash.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    look();
  });
  bash.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  bash.once('close', () => look());
  const run = (script: string) =>
    new Promise<string>((settle, fail) => {
      stdout = '';
      const end = `end-of-block-${Math.random()}`;
      look = () => {
        if (stdout.includes(end)) settle(stdout.slice(0, stdout.indexOf(end)));
        else if (bash.exitCode !== null) fail(new Error(`A command failed: ${stderr}`));
      };
      bash.stdin.write(`${withPorts(script, ports)}\necho '${end}'\n`);
    });
  await run(isStarted ? `${COMMANDS}\nnpm start` : COMMANDS);
  return {
    run,
    async [Symbol.asyncDispose]() {
      if (bash.exitCode === null) bash.stdin.end('stop; stop_other; exit 0\n');
      await closed;
      await folder[Symbol.asyncDispose]();
    },
  };
}

function withPorts(script: string, ports: readonly number[]): string {
  return PORTS.reduce((text, port, index) => text.replaceAll(`127.0.0.1:${port}`, `127.0.0.1:${ports[index]}`), script);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  return port;
}
