import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { RULES } from '../../src/app/rule-registry.js';
import type { RuleFacts } from '../../src/connect/violation.js';
import { createTaskTemplateRules } from '../../src/validation/requests/create-task-template.js';
import { lifecycleRules } from '../../src/validation/requests/lifecycle.js';
import { startTaskContactRules } from '../../src/validation/requests/start-task-contact.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** An id as source code writes it: in quotes, and never in the middle of a longer name. */
const ID = /(?<=['"`])(?:api|gateway|engine)\/[a-z0-9-]+(?=['"`])/g;

/** The text of each TypeScript file below a folder, by its path. */
function sourcesIn(folder: string): [path: string, text: string][] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [join(folder, name), readFileSync(join(ROOT, folder, name), 'utf8')]);
}

const idsByMember = (requests: Readonly<Record<string, readonly RuleFacts[]>>) =>
  Object.fromEntries(Object.entries(requests).map(([member, rules]) => [member, rules.map(({ id }) => id)]));

describe('The registry of rules', () => {
  it('keeps the id, limit and source of each rule, because clients rely on them', () => {
    const facts = RULES.map(({ id, family, room, limit, source }) => ({ id, family, room, limit, source }));
    expect(facts.sort((a, b) => (a.id < b.id ? -1 : 1))).toMatchSnapshot();
  });

  it('keeps which rules apply to each member of a request, in the order of the checks', () => {
    expect({
      startTaskContact: idsByMember(startTaskContactRules),
      lifecycle: idsByMember(lifecycleRules),
      createTaskTemplate: idsByMember(createTaskTemplateRules),
    }).toMatchSnapshot();
  });

  it('lists every id that the source states, once, in the room that states it', () => {
    const stated = sourcesIn('src').flatMap(([path, text]) =>
      [...text.matchAll(ID)].map(([id]) => `${path.split('/')[1]} ${id}`),
    );
    expect(RULES.map(({ id, room }) => `${room} ${id}`).sort()).toEqual(stated.sort());
  });

  it('has one limit and one source for each id, whichever member the rule applies to', () => {
    const facts = new Map(RULES.map(({ id, limit, source }) => [id, { limit, source }]));
    for (const rules of [startTaskContactRules, lifecycleRules, createTaskTemplateRules]) {
      for (const { id, limit, source } of Object.values(rules).flat<readonly (readonly RuleFacts[])[]>()) {
        expect({ id, limit, source }).toEqual({ id, ...facts.get(id) });
      }
    }
  });

  it('states a limit and a source for every rule', () => {
    expect(RULES.filter(({ limit, source }) => limit === '' || source === '')).toEqual([]);
  });

  it('names every rule in at least one test of its behavior', () => {
    const named = new Set(
      sourcesIn('test')
        .filter(([path]) => path !== join('test', 'app', 'rule-registry.test.ts'))
        .flatMap(([, text]) => text.match(ID) ?? []),
    );
    expect(RULES.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });
});
