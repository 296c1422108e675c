import { describe, expect, it } from '@jest/globals';
import { rememberTokens } from '../../../src/http/auth/identify-tokens.js';
import { TokenError } from '../../../src/http/auth/token-errors.js';
import type { VerifiedToken } from '../../../src/http/auth/verify-token.js';

const SECOND = 1_000;
const NOW = Date.parse('2026-11-24T09:30:00Z');

function remembering(goodFor = 3600 * SECOND) {
  const clock = { now: NOW, elapsed: 1_000 };
  const verified: string[] = [];
  const identify = rememberTokens(
    async (token): Promise<VerifiedToken> => {
      verified.push(token);
      if (token.startsWith('bad')) throw new TokenError('BAD');
      const identity = {
        key: token,
        subject: token,
        clientId: undefined,
        scopes: new Set<never>(),
        instances: undefined,
      };
      return { identity, goodUntil: NOW + goodFor };
    },
    { now: () => clock.now, elapsed: () => clock.elapsed },
  );
  return { clock, verified, identify };
}

describe('A token that was verified', () => {
  it('is not verified again for a minute', async () => {
    const { clock, verified, identify } = remembering();
    expect((await identify('a')).key).toBe('a');
    expect((await identify('b')).key).toBe('b');
    clock.elapsed += 60 * SECOND;
    expect((await identify('a')).key).toBe('a');
    expect(verified).toEqual(['a', 'b']);
    clock.elapsed += 1;
    await identify('a');
    expect(verified).toEqual(['a', 'b', 'a']);
  });

  it('is verified again once it may have expired', async () => {
    const { clock, verified, identify } = remembering(10 * SECOND);
    await identify('a');
    clock.now += 10 * SECOND;
    await identify('a');
    expect(verified).toEqual(['a', 'a']);
  });

  it('is verified again after a minute if the clock was set back by an hour', async () => {
    const { clock, verified, identify } = remembering();
    await identify('a');
    clock.now -= 3600 * SECOND;
    clock.elapsed += 60 * SECOND + 1;
    await identify('a');
    expect(verified).toEqual(['a', 'a']);
  });

  it('is forgotten when many others came since', async () => {
    const { verified, identify } = remembering();
    for (let index = 0; index <= 2_000; index++) await identify(`token ${index}`);
    verified.length = 0;
    await identify('token 2000');
    await identify('token 0');
    expect(verified).toEqual(['token 0']);
  });
});

describe('A token that was refused', () => {
  it('is validated each time', async () => {
    const { verified, identify } = remembering();
    await expect(identify('bad')).rejects.toThrow(TokenError);
    await expect(identify('bad')).rejects.toThrow(TokenError);
    expect(verified).toEqual(['bad', 'bad']);
  });
});
