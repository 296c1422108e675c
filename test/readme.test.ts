import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { startTestGateway } from './support/gateway.js';

const README = readFileSync('README.md', 'utf8');
const scripts = Object.keys(
  (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> }).scripts,
);

/** The bodies that README's calls of curl send, in their order. */
const bodies = [...README.matchAll(/curl [^`]*? -d '(\{[\s\S]*?\})'\n/g)].map(([, body]) => body as string);

describe('README', () => {
  it('shows calls that work, in their order, on a new database', async () => {
    await using gateway = await startTestGateway();
    expect(bodies).toHaveLength(3);
    const answers = [];
    for (const body of [bodies[0], ...bodies]) {
      const response = await gateway.post(body);
      expect(response.status).toBe(200);
      answers.push(await response.json());
    }
    const [first, again, wrong, chain] = answers;
    expect(first).toMatchObject({ data: { createTaskContact: { replayed: false, errors: [] } } });
    expect(again).toMatchObject({ data: { createTaskContact: { replayed: true, errors: [] } } });
    expect(wrong).toMatchObject({
      data: {
        createTaskContact: {
          contact: null,
          errors: [{ rule: 'api/attribute-key-alphabet' }, { rule: 'api/expiry-minutes-range' }],
        },
      },
    });
    expect(chain).toMatchObject({ data: { connectContactChain: { linkedTaskCount: 0, remaining: 12 } } });
  });

  it('names commands that there are', () => {
    const named = [...README.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name as string);
    expect(named.length).toBeGreaterThan(3);
    expect(scripts).toEqual(expect.arrayContaining(named));
  });

  it('links to files that there are', () => {
    for (const [, file] of README.matchAll(/\]\(([^)#:]+)\)/g)) {
      expect(() => readFileSync(file as string)).not.toThrow();
    }
  });
});
