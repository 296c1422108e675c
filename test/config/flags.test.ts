import { describe, expect, it } from '@jest/globals';
import { SETTINGS } from '../../src/config/config.js';
import { flagOf, readFlags } from '../../src/config/flags.js';

describe('The flags of settings', () => {
  it.each([
    ['PORT', 'port'],
    ['CONNECT_ADAPTER', 'adapter'],
    ['DATABASE_URL', 'database'],
    ['CONNECT_SEED', 'seed'],
    ['CONNECT_WIRE_PORT', 'wire-port'],
    ['AWS_REGION', 'aws-region'],
  ])('name %s --%s', (setting, flag) => {
    expect(flagOf(setting)).toBe(flag);
  });

  it('are unique, and differ from the other arguments of the programs', () => {
    const flags = Object.keys(SETTINGS).flatMap((setting) => flagOf(setting) ?? []);
    expect(new Set(flags).size).toBe(flags.length);
    for (const other of ['help', 'version', 'check', 'backup', 'purge']) expect(flags).not.toContain(other);
  });

  it('hold no secret, because every user of the machine can read a command line', () => {
    const secrets = Object.keys(SETTINGS).filter((setting) => /SECRET|PASSWORD|EVENTS_KEY/.test(setting));
    expect(secrets).toContain('CONNECT_WIRE_SECRET_ACCESS_KEY');
    for (const setting of secrets) expect(flagOf(setting)).toBeUndefined();
  });

  it('state settings, and leave the other arguments', () => {
    expect(readFlags(['--port', '4001', 'emulator', '--seed=a b.json', '--check', '--database=x=y'])).toEqual({
      settings: { PORT: '4001', CONNECT_SEED: 'a b.json', DATABASE_URL: 'x=y' },
      rest: ['emulator', '--check'],
    });
  });

  it.each([
    [['--port'], '--port needs a value: --port VALUE.'],
    [['--port='], '--port needs a value: --port VALUE.'],
    [['--seed', '--port', '1'], '--seed needs a value: --seed VALUE.'],
    [['--port', '1', '--port=2'], '--port comes twice. Use it once.'],
  ])('are refused without a value or twice: %j', (given, problem) => {
    expect(readFlags(given)).toEqual({ problem });
  });
});
