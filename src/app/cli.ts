import { parseArgs } from 'node:util';
import type { Action, Command } from './commands.js';

/** Arguments as they were understood: what to run, a request for the help, or the problem with them. */
export type Parsed = { readonly run: () => Promise<void> } | { readonly help: true } | { readonly problem: string };

/** Exit code for arguments that a program does not know. */
const BAD_ARGUMENTS = 2;

/** Runs a program with its arguments. Prints its help for --help; sets exit code 2 for arguments it does not know. */
export async function runCommand(command: Command, given: readonly string[]): Promise<void> {
  keepRunningWithoutReader();
  const parsed = await withSettings(given, (rest) => parseArguments(command, rest));
  if ('run' in parsed) await parsed.run();
  else if ('help' in parsed) process.stdout.write(await helpOf(command));
  else refuse(parsed.problem, usageOf(command));
}

/** Keeps the program running if the reader of a stream has gone, or its disk is full. */
export function keepRunningWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** Prints a problem with the arguments and the command lines that are possible, and sets the exit code. */
export function refuse(problem: string, usage: string): void {
  process.stderr.write(`${problem} Use:\n${usage}\n`);
  process.exitCode = BAD_ARGUMENTS;
}

/**
 * Parses arguments whose flags may state settings, and sets those settings. The settings are loaded only if there are
 * arguments.
 *
 * @param parse parses the arguments without those flags
 */
export async function withSettings<Result extends object>(
  given: readonly string[],
  parse: (rest: readonly string[]) => Result,
): Promise<Result | { readonly problem: string }> {
  if (given.length === 0) return parse(given);
  const [{ readFlags }, { setSettings }] = await Promise.all([
    import('../config/flags.js'),
    import('../config/config.js'),
  ]);
  const read = readFlags(given);
  if ('problem' in read) return read;
  setSettings(read.settings);
  return parse(read.rest);
}

/** Reads the arguments of a program, which takes one at most. */
export function parseArguments({ start, actions }: Command, given: readonly string[]): Parsed {
  const { tokens } = parseArgs({ args: [...given], options: optionsOf(actions), strict: false, tokens: true });
  const [token, second] = tokens;
  if (token === undefined) return { run: start };
  const unknown = { problem: `Unknown argument: ${textOf(token)}.` };
  if (token.kind !== 'option') return unknown;
  const { name, rawName, value, inlineValue } = token;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined && name !== 'help') return unknown;
  if (second !== undefined)
    return { problem: `Only one argument at a time, but got ${rawName} and ${textOf(second)}.` };
  if (action?.value === undefined) {
    if (value !== undefined) return { problem: `${rawName} takes no value, but got ${value}.` };
    return action === undefined ? { help: true } : { run: () => action.run('') };
  }
  // `--backup --check` has no file: an argument is no value, unless it is joined to the name by "=".
  if (!value || (!inlineValue && value.startsWith('-'))) {
    return { problem: `${rawName} needs a value: ${rawName} ${action.value}.` };
  }
  return { run: () => action.run(value) };
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function textOf(token: Token): string {
  switch (token.kind) {
    case 'option':
      return token.rawName;
    case 'positional':
      return token.value;
    case 'option-terminator':
      return '--';
  }
}

function optionsOf(actions: Readonly<Record<string, Action>>) {
  const options: Record<string, { type: 'boolean' | 'string'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
  };
  for (const [name, { value }] of Object.entries(actions)) {
    options[name] = { type: value === undefined ? 'boolean' : 'string' };
  }
  return options;
}

/** Writes the help of a program: at most 24 lines of 80 columns, the size of a terminal. */
export async function helpOf(command: Command): Promise<string> {
  return `${command.summary.join('\n')}

${usageOf(command)}

Settings are environment variables, such as those below, or flags: --port for
PORT. All of them: docs/operate/configuration.md

${await settingsOf(command, (name) => name)}
`;
}

/**
 * Writes the settings that the help of a program shows, with their defaults.
 *
 * @param shown returns how the help names a setting
 */
export async function settingsOf(
  { settings }: Pick<Command, 'settings'>,
  shown: (name: Command['settings'][number]) => string,
): Promise<string> {
  const { SETTINGS } = await import('../config/config.js');
  return columns(
    settings.map((name) => {
      const { desc, default: standard } = SETTINGS[name];
      // The first sentence; docs/operate/configuration.md has the rest.
      const [short = ''] = desc?.split('. ') ?? [];
      return [shown(name), `${short.replace(/\.$/, '')}${isShown(standard) ? ` [${standard}]` : ''}`];
    }),
  );
}

/** Writes the command lines of a program. */
function usageOf({ usage, does, actions }: Command): string {
  const forms = Object.entries(actions).map(
    ([name, { value, help }]) => [`${usage} -- --${name}${value === undefined ? '' : ` ${value}`}`, help] as const,
  );
  return columns([[usage, does], ...forms, [`${usage} -- --help`, 'prints this help']]);
}

const isShown = (standard: unknown) => typeof standard === 'string' || typeof standard === 'number';

/** Writes pairs as two columns, indented by 2. */
export function columns(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([left]) => left.length));
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
