import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

/** Runs Node in the project's folder, where the package's own name leads to its exports. */
function run(...command: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { status, output: `${stdout}${stderr}` };
}

describe('The examples of tests', () => {
  it('pass with node:test', () => {
    const { status, output } = run('--test', 'examples/testing/node.test.js');
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('pass 2') });
  });

  it('pass with Jest', () => {
    const { status, output } = run(
      ...['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'],
      ...['--config', 'examples/testing/jest.config.js'],
    );
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('2 passed') });
  });
});
