import { describe, expect, it } from '@jest/globals';
import { helpOf, parseArguments } from '../../src/app/cli.js';
import { type Command, EMULATOR, GATEWAY } from '../../src/app/commands.js';
import { SETTINGS } from '../../src/config/config.js';

const program: Command = {
  usage: 'npm run tool',
  summary: ['A tool.'],
  does: 'starts',
  start: async () => {},
  actions: {
    check: { help: 'checks', run: async () => {} },
    backup: { value: 'FILE', help: 'copies', run: async () => {} },
  },
  settings: ['PORT'],
};

/** The value that an action ran with; 'start' for the program itself. */
async function ran(...given: string[]): Promise<string | undefined> {
  let value: string | undefined;
  const action = (name: string) => async (argument: string) => {
    value = argument === '' ? name : `${name} ${argument}`;
  };
  const actions = Object.fromEntries(
    Object.entries(program.actions).map(([name, each]) => [name, { ...each, run: action(name) }]),
  );
  const parsed = parseArguments({ ...program, actions, start: () => action('start')('') }, given);
  if ('run' in parsed) await parsed.run();
  return value;
}

describe('The arguments of a program', () => {
  it.each([
    [[], 'start'],
    [['--check'], 'check'],
    [['--backup', 'a.db'], 'backup a.db'],
    [['--backup=a.db'], 'backup a.db'],
    [['--backup=-a.db'], 'backup -a.db'],
  ])('%j run one thing', async (given, expected) => {
    expect(await ran(...given)).toBe(expected);
  });

  it.each([[['--help']], [['-h']]])('%j ask for the help', (given) => {
    expect(parseArguments(program, given)).toEqual({ help: true });
  });

  it.each([
    [['--chekc'], 'Unknown argument: --chekc.'],
    [['--toString'], 'Unknown argument: --toString.'],
    [['-x'], 'Unknown argument: -x.'],
    [['a.db'], 'Unknown argument: a.db.'],
    [['--'], 'Unknown argument: --.'],
    [['--check', '--backup', 'a.db'], 'Only one argument at a time, but got --check and --backup.'],
    [['--backup', 'a.db', 'b.db'], 'Only one argument at a time, but got --backup and b.db.'],
    [['--check=yes'], '--check takes no value, but got yes.'],
    [['--help=yes'], '--help takes no value, but got yes.'],
    [['--backup'], '--backup needs a value: --backup FILE.'],
    [['--backup='], '--backup needs a value: --backup FILE.'],
    [['--backup', '--check'], '--backup needs a value: --backup FILE.'],
  ])('%j are refused: %s', (given, problem) => {
    expect(parseArguments(program, given)).toEqual({ problem });
  });
});

describe.each([
  ['gateway', GATEWAY],
  ['emulator', EMULATOR],
])('The help of the %s', (_name, command) => {
  it('fits a terminal of 24 lines and 80 columns', async () => {
    const lines = (await helpOf(command)).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('names each argument, and settings with their defaults', async () => {
    const help = await helpOf(command);
    for (const name of ['help', ...Object.keys(command.actions)])
      expect(help).toContain(`  ${command.usage} -- --${name} `);
    for (const name of command.settings) expect(help).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    expect(help).toContain(`[${SETTINGS.HOST.default}]`);
  });
});
