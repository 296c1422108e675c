import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { asShown, blocksOf, PAGES } from './support/docs/page.js';
import { openShell } from './support/docs/shell.js';
import { startTestGateway } from './support/gateway.js';
import { temporaryFolder } from './support/process.js';

const schema = buildSchema(readFileSync('schema/subgraph.graphql', 'utf8'), { assumeValid: true });
const scripts = Object.keys(
  (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> }).scripts,
);
const read = (page: string) => readFileSync(page, 'utf8');
/** The headings of a page as links name them. */
const anchorsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );

describe.each(PAGES)('The page %s', (page) => {
  const blocks = blocksOf(page);
  const [first] = blocks.filter(({ language }) => language === 'sh');

  if (first) {
    it('shows commands that work in their order, with the answers that they get', async () => {
      await using shell = await openShell(!/npm start|npm run emulator/.test(first.text));
      for (const [index, { language, text, line }] of blocks.entries()) {
        if (language !== 'sh') continue;
        const printed = await shell.run(text);
        if (!text.includes('/graphql ')) continue;
        if (text.includes('text/event-stream')) {
          expect(printed).toContain('event: next\ndata: {"data"');
          continue;
        }
        const answer: unknown = JSON.parse(printed);
        const next = blocks[index + 1];
        if (next?.language !== 'json') {
          expect(answer).toEqual(expect.objectContaining({}));
          continue;
        }
        const shown: unknown = JSON.parse(next.text);
        expect({ line, answer: asShown(answer, shown) }).toEqual({ line, answer: shown });
      }
    }, 120_000);
  }

  it('shows GraphQL, JSON and TypeScript that can be read', () => {
    for (const { language, text, line } of blocks) {
      if (language === 'json') expect(() => JSON.parse(text)).not.toThrow();
      if (language === 'ts') expect(() => stripTypeScriptTypes(text)).not.toThrow();
      if (language !== 'graphql') continue;
      const document = parse(text);
      const isOperation = document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);
      expect({ line, problems: isOperation ? validate(schema, document) : [] }).toEqual({ line, problems: [] });
    }
  });

  it('links to files and headings that exist', () => {
    for (const [, target = ''] of read(page).matchAll(/\]\(([^):]+)\)/g)) {
      const [file = '', anchor] = target.split('#');
      const path = file === '' ? page : join(dirname(page), file);
      expect({ target, exists: existsSync(path) }).toEqual({ target, exists: true });
      if (anchor !== undefined) expect(anchorsOf(path)).toContain(anchor);
    }
  });

  it('names npm scripts that exist', () => {
    for (const [, name] of read(page).matchAll(/npm run ([a-z:-]+)/g)) expect(scripts).toContain(name);
  });

  it('has at most 300 lines, README at most 200; the generated reference is longer', () => {
    const limit = page === 'README.md' ? 200 : page === 'docs/api/reference.md' ? Number.POSITIVE_INFINITY : 300;
    expect(read(page).split('\n').length).toBeLessThanOrEqual(limit);
  });
});

describe('The documentation', () => {
  it('is indexed page by page', () => {
    const index = read('docs/README.md');
    for (const page of PAGES.filter((each) => each.startsWith('docs/') && each !== 'docs/README.md')) {
      expect(index).toContain(`(${page.slice('docs/'.length)})`);
    }
  });

  it('shows a seed that works', async () => {
    await using folder = await temporaryFolder();
    const seedFile = join(folder.path, 'seed.json');
    const seed = blocksOf('docs/operate/engine.md').find(({ language }) => language === 'json')?.text ?? '';
    await writeFile(seedFile, seed);
    const [{ id: instanceId }] = (JSON.parse(seed) as { instances: [{ id: string }] }).instances;
    await using gateway = await startTestGateway({
      settings: { CONNECT_SEED: seedFile, CONNECT_INSTANCE_ID: instanceId },
    });
    const query = '{ connectContacts(ids: ["task-1", "task-2"]) { name state previousContact { id } agent { id } } }';
    expect(await gateway.ask(query)).toEqual({
      data: {
        connectContacts: [
          { name: 'Call back', state: 'INITIATED', previousContact: { id: 'call-1' }, agent: null },
          { name: 'Refund an order', state: 'CONNECTED', previousContact: null, agent: { id: 'ana' } },
        ],
      },
    });
  });
});
