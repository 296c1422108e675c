import { readFileSync } from 'node:fs';
import { columns, keepRunningWithoutReader, type Parsed, refuse, settingsOf, withSettings } from './cli.js';
import { type Action, type Command, EMULATOR, GATEWAY } from './commands.js';

/** The command of the package. */
const NAME = 'connect-task-gateway';

/** A sub-command: what it does, and the program whose settings it reads. */
interface Subcommand extends Action {
  readonly program: Command;
}

const { check, backup, purge } = EMULATOR.actions as Readonly<Record<'check' | 'backup' | 'purge', Action>>;

/** The sub-commands by name. The first one runs if none is named. */
const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  start: { help: 'starts the gateway; the default', run: GATEWAY.start, program: GATEWAY },
  emulator: { help: 'serves the AWS API of the embedded engine', run: EMULATOR.start, program: EMULATOR },
  check: { ...check, program: EMULATOR },
  backup: { ...backup, program: EMULATOR },
  purge: { ...purge, program: EMULATOR },
};

/** Arguments of the package's command as they were understood. */
export type PackageParsed =
  | Exclude<Parsed, { readonly help: true }>
  | { readonly helpOf: Command }
  | { readonly version: true };

/** Runs the package's command. Sets exit code 2 for arguments it does not know. */
export async function runPackage(given: readonly string[]): Promise<void> {
  keepRunningWithoutReader();
  const parsed = await withSettings(ofEmulator(given), parsePackage);
  if ('run' in parsed) await parsed.run();
  else if ('helpOf' in parsed) process.stdout.write(await packageHelp(parsed.helpOf));
  else if ('version' in parsed) process.stdout.write(`${packageVersion()}\n`);
  else refuse(parsed.problem, usage());
}

/** Makes --port the port of the emulator, which has one alone. */
function ofEmulator(given: readonly string[]): readonly string[] {
  return given[0] === 'emulator' ? given.map((argument) => argument.replace(/^--port(?==|$)/, '--wire-port')) : given;
}

/** Reads the arguments of the package's command, without the flags of settings. */
export function parsePackage(given: readonly string[]): PackageParsed {
  const [first = 'start'] = given;
  const isNamed = Object.hasOwn(SUBCOMMANDS, first);
  const { program, value, run } = SUBCOMMANDS[isNamed ? first : 'start'] as Subcommand;
  const rest = isNamed ? given.slice(1) : given;
  if (rest.includes('--help') || rest.includes('-h')) return { helpOf: program };
  if (rest.includes('--version')) return { version: true };
  const [wanted] = rest;
  if (value === undefined) {
    return wanted === undefined ? { run: () => run('') } : { problem: `Unknown argument: ${wanted}.` };
  }
  if (!wanted || wanted.startsWith('-')) return { problem: `${first} needs a value: ${first} ${value}.` };
  if (rest.length > 1) return { problem: `${first} takes one value, but got ${rest.join(' ')}.` };
  return { run: () => run(wanted) };
}

/** Writes the help of the package's command: at most 24 lines of 80 columns, the size of a terminal. */
export async function packageHelp(program: Command): Promise<string> {
  const { flagOf } = await import('../config/flags.js');
  return `${program.summary.join('\n')}

${usage()}

A flag sets a setting, as its environment variable does: --port is PORT. All of
them: docs/operate/configuration.md

${await settingsOf(program, (name) => `--${name === 'CONNECT_WIRE_PORT' && program === EMULATOR ? 'port' : flagOf(name)}`)}
`;
}

function usage(): string {
  const forms = Object.entries(SUBCOMMANDS).map(
    ([name, { value, help }]) => [`${NAME} ${name}${value === undefined ? '' : ` ${value}`}`, help] as const,
  );
  return columns([...forms, [`${NAME} --version`, 'prints the version; --help: this help']]);
}

/** Returns the version in package.json, which is two folders above src/app and dist/app. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
