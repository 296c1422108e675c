import { describe, expect, it } from '@jest/globals';
import { EMULATOR, GATEWAY } from '../../src/app/commands.js';
import { packageHelp, parsePackage } from '../../src/app/package-cli.js';

describe('The arguments of connect-task-gateway', () => {
  it.each([
    [[], { run: expect.any(Function) }],
    [['start'], { run: expect.any(Function) }],
    [['emulator'], { run: expect.any(Function) }],
    [['check'], { run: expect.any(Function) }],
    [['backup', 'a.db'], { run: expect.any(Function) }],
    [['--help'], { helpOf: GATEWAY }],
    [['emulator', '-h'], { helpOf: EMULATOR }],
    [['--version'], { version: true }],
    [['start', '--prot'], { problem: 'Unknown argument: --prot.' }],
    [['emulater'], { problem: 'Unknown argument: emulater.' }],
    [['toString'], { problem: 'Unknown argument: toString.' }],
    [['check', 'a.db'], { problem: 'Unknown argument: a.db.' }],
    [['backup'], { problem: 'backup needs a value: backup FILE.' }],
    [['purge', ''], { problem: 'purge needs a value: purge CONTACT.' }],
    [['backup', 'a.db', 'b.db'], { problem: 'backup takes one value, but got a.db b.db.' }],
  ])('%j are read', (given, expected) => {
    expect(parsePackage(given)).toEqual(expected);
  });
});

describe.each([
  ['gateway', GATEWAY],
  ['emulator', EMULATOR],
])('The help of the package on the %s', (_name, program) => {
  it('fits a terminal of 24 lines and 80 columns, and names each sub-command', async () => {
    const help = await packageHelp(program);
    const lines = help.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    for (const name of ['start', 'emulator', 'check', 'backup FILE', 'purge CONTACT']) {
      expect(help).toContain(`  connect-task-gateway ${name} `);
    }
    expect(help).toMatch(/^ {2}--port +\S/m);
  });
});
