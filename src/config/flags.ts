import { SETTINGS } from './config.js';

/** The name of a setting, such as PORT. */
export type SettingName = keyof typeof SETTINGS;

/**
 * Settings without a flag: secrets, because every user of the machine can read a command line, and NODE_ENV, which other
 * libraries read from the environment at their start.
 */
const WITHOUT_FLAG: ReadonlySet<string> = new Set(['CONNECT_WIRE_SECRET_ACCESS_KEY', 'CONNECT_EVENTS_KEY', 'NODE_ENV']);

/**
 * Returns the flag of a setting, without dashes: its name in lower case, without CONNECT_ and with hyphens. DATABASE_URL is
 * `database`. Undefined for a setting without a flag.
 */
export function flagOf(setting: string): string | undefined {
  if (WITHOUT_FLAG.has(setting)) return undefined;
  if (setting === 'DATABASE_URL') return 'database';
  return setting
    .replace(/^CONNECT_/, '')
    .toLowerCase()
    .replaceAll('_', '-');
}

/** Flag to setting. */
const SETTING_OF: ReadonlyMap<string, string> = new Map(
  Object.keys(SETTINGS).flatMap((setting) => {
    const flag = flagOf(setting);
    return flag === undefined ? [] : [[flag, setting] as const];
  }),
);

/** Arguments without their flags of settings, and the settings that those flags state. */
export interface ReadFlags {
  readonly settings: Readonly<Record<string, string>>;
  readonly rest: readonly string[];
}

/**
 * Takes the flags of settings out of arguments: `--port 4001` or `--port=4001`.
 *
 * @returns the problem if a flag has no value or comes twice
 */
export function readFlags(given: readonly string[]): ReadFlags | { readonly problem: string } {
  const settings: Record<string, string> = {};
  const rest: string[] = [];
  for (let index = 0; index < given.length; index++) {
    const argument = given[index] ?? '';
    const [, flag = '', inline] = /^--([\w-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    const setting = SETTING_OF.get(flag);
    if (setting === undefined) {
      rest.push(argument);
      continue;
    }
    const value = inline ?? given[++index];
    // `--seed --port 1` has no file: an argument is no value, unless it is joined to the flag by "=".
    if (!value || (inline === undefined && value.startsWith('--'))) {
      return { problem: `--${flag} needs a value: --${flag} VALUE.` };
    }
    if (settings[setting] !== undefined) return { problem: `--${flag} comes twice. Use it once.` };
    settings[setting] = value;
  }
  return { settings, rest };
}
