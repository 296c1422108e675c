import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isInterfaceType, isObjectType, Kind, parse, print } from 'graphql';
import { RULES, ruleOf } from '../../../src/graphql/access/rules.js';
import { buildSubgraph } from '../../../src/graphql/schema.js';

const { schema } = await buildSubgraph();
const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
  (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__')
    ? Object.keys(type.getFields()).map((field) => [type.name, field] as const)
    : [],
);
const ENTITIES = [
  'ConnectContact',
  'ConnectContactChain',
  'ConnectContactFlow',
  'ConnectQuickConnect',
  'ConnectTaskTemplate',
];
const SCOPE_OF = { Query: 'tasks:read', create: 'tasks:create', other: 'tasks:write', changeOfJobs: 'jobs:create' };

/** Whether a field of Query or Mutation is about jobs. */
const isOfJobs = (field: string) => field.includes('Job') || field === 'createTaskContacts';

describe('Each field of the schema has a rule', () => {
  it.each(fields)('%s.%s', (type, field) => {
    expect(ruleOf(type, field)).toBeDefined();
  });

  it('has a field for each rule', () => {
    const named = Object.entries(RULES).flatMap(([type, rules]) =>
      Object.keys(rules).map((field) => `${type}.${field}`),
    );
    expect(fields.map((place) => place.join('.'))).toEqual(expect.arrayContaining(named));
  });

  it('keeps the schema from being built without one', () => {
    expect(() => ruleOf('ConnectContact', 'surname')).toThrow('ConnectContact.surname has no rule');
  });
});

describe('The rules ask', () => {
  it.each(fields.filter(([type, field]) => type === 'Query' && field !== '_service' && !isOfJobs(field)))(
    'tasks:read for %s.%s',
    (...place) => {
      expect(ruleOf(...place).scopes).toEqual([[SCOPE_OF.Query]]);
    },
  );

  it.each(fields.filter(([type, field]) => ['Query', 'Subscription'].includes(type) && isOfJobs(field)))(
    'jobs:read or jobs:admin for %s.%s',
    (...place) => {
      expect(ruleOf(...place).scopes).toEqual([['jobs:read'], ['jobs:admin']]);
    },
  );

  it.each(fields.filter(([type]) => type === 'Mutation'))('asks for the scope of its kind for %s.%s', (type, field) => {
    const scope = field.startsWith('create') ? SCOPE_OF.create : SCOPE_OF.other;
    expect(ruleOf(type, field).scopes).toEqual([[isOfJobs(field) ? SCOPE_OF.changeOfJobs : scope]]);
  });

  it.each(fields.filter(([type, field]) => ENTITIES.includes(type) && !['id', 'instanceId'].includes(field)))(
    'tasks:read for what %s.%s reports, unless the creation states it',
    (type, field) => {
      const { scopes, orStated } = ruleOf(type, field);
      expect(scopes[0]).toEqual(['tasks:read']);
      expect(scopes.length > 1).toBe(orStated === true);
      if (orStated) expect(type).toBe('ConnectContact');
    },
  );
});

describe('schema/subgraph.secured.graphql', () => {
  const read = (name: string) => parse(readFileSync(`schema/${name}.graphql`, 'utf8')).definitions;
  const secured = read('subgraph.secured').flatMap((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION
      ? (type.fields ?? []).map(
          (field) => [type.name.value, field.name.value, (field.directives ?? []).map(print)] as const,
        )
      : [],
  );

  it.each(secured)('%s.%s declares its rule', (type, field, directives) => {
    const { scopes, authenticated } = ruleOf(type, field);
    const required = directives.find((directive) => directive.startsWith('@requiresScopes'));
    expect(required).toBe(
      scopes.length === 0 ? undefined : `@requiresScopes(scopes: ${JSON.stringify(scopes).replaceAll(',', ', ')})`,
    );
    expect(directives.includes('@authenticated')).toBe(authenticated === true);
  });

  it('is schema/subgraph.graphql otherwise, which stays without', () => {
    const plain = readFileSync('schema/subgraph.graphql', 'utf8');
    expect(plain).not.toMatch(/@authenticated|@requiresScopes/);
    const without = readFileSync('schema/subgraph.secured.graphql', 'utf8')
      .replace(', "@authenticated", "@requiresScopes"', '')
      .replaceAll(/ @authenticated| @requiresScopes\(scopes: \[\[.*?\]\]\)/g, '');
    expect(without).toBe(plain);
  });
});
