import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process of the built program, with all that it says. */
export interface Program {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** The exit code; null where a signal ended it. */
  readonly exit: Promise<number | null>;
  /** Resolves with the match of a pattern in standard output or standard error; rejects if the process ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts the built program as `npm start` does, with settings in place of the shell's. */
export function startProgram(settings: Readonly<Record<string, string>>, ...nodeOptions: string[]): Program {
  return run([...nodeOptions, 'dist/main.js'], settings);
}

/** Starts the built emulator as `npm run emulator` does, with settings in place of the shell's. */
export function startEmulator(settings: Readonly<Record<string, string>>, ...given: string[]): Program {
  return run(['dist/emulator.js', ...given], { CONNECT_WIRE_PORT: '0', ...settings });
}

/** Starts a script of the project. */
export function runScript(...command: string[]): Program {
  return run(command, {});
}

/** Runs npm itself with a script of package.json. Its standard output then also has the command line. */
export function runNpm(script: readonly string[], settings: Readonly<Record<string, string>>): Program {
  const { HOME = '' } = process.env;
  return run(script, { HOME, CONNECT_WIRE_PORT: '0', ...settings }, { program: 'npm' });
}

/** How a process of a test differs from one of Node in this folder. */
export interface RunOptions {
  /** Default: this Node. */
  readonly program?: string;
  /** Default: the project's folder. */
  readonly cwd?: string;
}

/** Runs a program with settings in place of the shell's. */
export function run(
  command: readonly string[],
  settings: Readonly<Record<string, string>>,
  { program = process.execPath, cwd = process.cwd() }: RunOptions = {},
): Program {
  const child = spawn(program, command, {
    cwd,
    env: { PATH: process.env.PATH, PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const exit = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code);
      for (const look of waiting) look();
    });
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const look of waiting) look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const look of waiting) look();
  });
  return {
    child,
    exit,
    stdout: () => stdout,
    stderr: () => stderr,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(stdout) ?? pattern.exec(stderr);
          if (found === null && child.exitCode === null && child.signalCode === null) return;
          waiting.delete(look);
          if (found) resolve(found);
          else reject(new Error(`The program ended without a word of ${pattern}: ${stderr}`));
        };
        waiting.add(look);
        look();
      }),
  };
}

/** The line of the log of a program that has started: its facts. */
export async function announced(program: Program): Promise<Readonly<Record<string, string>>> {
  const [line] = await program.said(/^\{.* is ready\."\}$/m);
  return JSON.parse(line) as Readonly<Record<string, string>>;
}

/** The URL of a gateway that has started. */
export async function urlOf(program: Program): Promise<string> {
  const { graphiql = '' } = await announced(program);
  return graphiql.replace(/\/graphql$/, '');
}

/** The URL of an emulator that has started. */
export async function endpointOf(program: Program): Promise<string> {
  const { endpoint = '' } = await announced(program);
  return endpoint;
}

/** A folder for one test, which goes with it. */
export async function temporaryFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'gateway-process-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
