import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EmbeddedConnect } from '../../../src/engine/engine.js';
import { sampleInstance } from '../../../src/engine/seed/sample-instance.js';
import { openPostgresStore } from '../../../src/engine/store/postgres.js';
import { openSqliteStore } from '../../../src/engine/store/sqlite.js';
import type { Content, Store } from '../../../src/engine/store/store.js';
import { DEFAULT_QUOTAS } from '../../../src/engine/decide/state.js';
import { foldCase } from '../../../src/util/fold-case.js';
import { MINUTE, NOW, SAMPLE } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';
import { temporaryFolder } from '../../support/process.js';
import { contactOf } from '../../support/resources.js';

const { instanceId } = SAMPLE;

/** How a part is found in a name, for every store: [name, part, whether the search finds the name]. */
const TEXT_RULES: readonly (readonly [name: string, part: string, isFound: boolean])[] = [
  ['Call back', 'CALL', true],
  ['Élodie', 'élodie', true],
  ['élodie', 'ÉLODIE', true],
  ['Élodie', 'elodie', false],
  ['Caf\u00e9', 'CAFE\u0301', true],
  ['Cafe\u0301', 'caf\u00e9', true],
  ['Ännchen', 'ännchen', true],
  ['Straße 5', 'STRASSE', true],
  ['STRASSE 5', 'straße', true],
  ['ΟΔΟΣ', 'οδος', true],
  ['οδοσία', 'ΟΔΟΣ', true],
  ['Жалоба', 'жАЛОБА', true],
  ['Iğdır', 'iğdır', true],
  ['ǆ', 'Ǆ', true],
  ['ﬁne', 'FINE', true],
  ['日本語の件名', '語の', true],
  ['😀 happy', '😀 HAPPY', true],
  ['𐐨', '𐐀', true],
  ['100% sure', '0%', true],
  ['100 sure', '0%', false],
  ['a_b', 'A_B', true],
  ['aXb', 'a_b', false],
  ['back\\slash', 'K\\S', true],
  ["it's", "'S", true],
  ['[abc]*?', '[ABC]*?', true],
  ['a', 'aa', false],
  ['', 'a', false],
  ['anything', '', true],
];

/** Names and parts that have letters in common, so that a part is often found. */
const someText = fc.string({
  unit: fc.constantFrom('a', 'A', 'é', 'É', 'e\u0301', 'ß', 'S', 'Σ', 'ς', 'İ', 'ı', '😀', '%'),
  maxLength: 6,
});

/** Tasks with these names; a task's id is the place of its name. */
function contentOf(names: readonly string[]): Content {
  const tasks = names.map((name, index) => {
    const { contacts, chains } = contactOf('TASK', String(index));
    return { contacts: contacts.map((row) => ({ ...row, name, initiatedAt: NOW })), chains };
  });
  return {
    ...sampleInstance(NOW),
    contacts: tasks.flatMap(({ contacts }) => contacts),
    chains: tasks.flatMap(({ chains }) => chains),
  };
}

let server: TestPostgres;
beforeAll(async () => {
  server = await testPostgres();
});
afterAll(() => server.stop());

async function engineWith(names: readonly string[], openStore: (content: Content) => Promise<Store>) {
  const store = await openStore(contentOf(names));
  const engine = new EmbeddedConnect({ store, quotas: DEFAULT_QUOTAS });
  const timeRange = { type: 'INITIATION_TIMESTAMP', from: new Date(NOW), to: new Date(NOW + MINUTE) } as const;
  return {
    /** The places of the names that contain a part. */
    async find(part: string): Promise<number[]> {
      const criteria = { name: { texts: [part], match: 'MATCH_ANY' as const } };
      const { contacts } = await engine.searchContacts({ instanceId, timeRange, criteria });
      return contacts.map(({ id }) => Number(id)).sort((a, b) => a - b);
    },
    rename: (place: number, name: string) => engine.updateContact({ instanceId, contactId: String(place), name }),
    [Symbol.asyncDispose]: () => engine.close(),
  };
}

const onSqlite = async (names: readonly string[]) => {
  const folder = await temporaryFolder();
  const engine = await engineWith(names, (content) => openSqliteStore(`${folder.path}/test.db`, () => NOW, content));
  return {
    ...engine,
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
};

const onPostgres = (names: readonly string[]) =>
  engineWith(names, async (content) =>
    openPostgresStore({ url: await server.createDatabase(), shownUrl: 'the test database', content }),
  );

describe.each([
  ['SQLite', onSqlite],
  ['PostgreSQL', onPostgres],
] as const)('A search by name on %s', (_store, open) => {
  it('follows the table of text rules', async () => {
    await using opened = await open(TEXT_RULES.map(([name]) => name));
    const found = TEXT_RULES.map(async ([name, part], index) => [
      name,
      part,
      (await opened.find(part)).includes(index),
    ]);
    expect(await Promise.all(found)).toEqual(TEXT_RULES);
  });

  it('finds a contact by its new name once it has one, and no longer by the old one', async () => {
    await using opened = await open(['Élodie', 'Élodie']);
    await opened.rename(1, 'Öğüt');
    expect([await opened.find('élodie'), await opened.find('ÖĞÜT')]).toEqual([[0], [1]]);
  });

  it('finds what a comparison of the folded texts finds, whatever name and part are', async () => {
    const names = fc.sample(someText, { numRuns: 60, seed: 1 });
    await using opened = await open(names);
    await fc.assert(
      fc.asyncProperty(someText, async (part) => {
        const expected = names.flatMap((name, index) => (foldCase(name).includes(foldCase(part)) ? [index] : []));
        expect(await opened.find(part)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('takes about the same time for a part that nearly occurs at every place of a name', async () => {
    await using opened = await open(Array.from({ length: 2_000 }, () => 'a'.repeat(512)));
    const fastest = async (part: string) => {
      const times: number[] = [];
      for (let run = 0; run < 3; run++) {
        const start = performance.now();
        expect(await opened.find(part)).toEqual([]);
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const ordinary = await fastest('no such name');
    for (const place of [0, 64, 127]) {
      const part = `${'a'.repeat(place)}b${'a'.repeat(127 - place)}`;
      // `like` took 100 to 300 times as long.
      expect(await fastest(part)).toBeLessThan(20 * Math.max(ordinary, 2));
    }
  });
});
