import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** What gives a generator its values: fast-check's own, so that a failure shrinks. */
export type Draw = fc.GeneratorValue;

/** A document and its variables. */
export interface Written {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Ids that name something in the sample instance, and some that are none. */
const IDS = [
  '10000000-0000-4000-8000-000000000001',
  '20000000-0000-4000-8000-000000000001',
  '30000000-0000-4000-8000-000000000001',
  '30000000-0000-4000-8000-000000000003',
  '40000000-0000-4000-8000-000000000001',
  '40000000-0000-4000-8000-000000000004',
  '50000000-0000-4000-8000-000000000001',
  '',
  'absent',
  '\0',
  '\ud800',
  "'; drop table contact; --",
  '../../etc/passwd',
  'arn:aws:connect:eu-central-1:123456789012:instance/10000000-0000-4000-8000-000000000001',
];

const NUMBERS = [0, 1, -1, 25, 100, 101, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1.5, 1e308, Number.MAX_SAFE_INTEGER];

/** A number below another, each as often as the others: by itself, fast-check prefers small ones. */
export const evenly = (below: number) => fc.noBias(fc.nat({ max: below - 1 }));

/** One of the items: by its place, since fast-check compares what it is given, and types of a schema lead everywhere. */
export function pick<Item>(draw: Draw, items: readonly Item[]): Item {
  return items[draw(evenly, items.length)] as Item;
}

/** True in so many of a hundred cases. */
export function chance(draw: Draw, percent: number): boolean {
  return draw(evenly, 100) < percent;
}

const text = (draw: Draw): string => draw(fc.string, { unit: 'binary', maxLength: 40 });

/** Writes an operation that the schema knows: mostly valid, with values of which some are not. */
export function writeOperation(draw: Draw, schema: GraphQLSchema): Written {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  let aliases = 0;
  const kind = chance(draw, 40) ? 'mutation' : 'query';
  const root = kind === 'mutation' ? schema.getMutationType() : schema.getQueryType();

  function argument(type: GraphQLInputType): string {
    if (chance(draw, 30)) return literal(valueFor(draw, type), type);
    const name = `v${declared.length}`;
    declared.push(`$${name}: ${String(type)}`);
    variables[name] = valueFor(draw, type);
    return `$${name}`;
  }

  function field(of: GraphQLField<unknown, unknown>, depth: number): string {
    const args = of.args
      .filter((arg) => isRequiredArgument(arg) || chance(draw, 40))
      .map((arg) => `${arg.name}: ${argument(arg.type)}`);
    // One alias is used twice now and then, so that fields conflict; what has arguments needs one to be there twice.
    aliases += 1;
    const alias = chance(draw, of.args.length > 0 ? 60 : 10) ? `${chance(draw, 2) ? 'id' : `a${aliases}`}: ` : '';
    const directive = chance(draw, 5) ? ' @include(if: true)' : '';
    const inner = getNamedType(of.type);
    const below = isCompositeType(inner) ? ` ${selections(inner, depth - 1)}` : '';
    return `${alias}${of.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${directive}${below}`;
  }

  function selections(type: GraphQLNamedType, depth: number): string {
    if (isAbstractType(type) && chance(draw, 70)) {
      const member = pick(draw, schema.getPossibleTypes(type));
      return `{ __typename ... on ${member.name} ${selections(member, depth)} }`;
    }
    const fields = isObjectType(type) || 'getFields' in type ? Object.values(type.getFields() as never) : [];
    const usable = (fields as GraphQLField<unknown, unknown>[]).filter(
      (each) => depth > 0 || !isCompositeType(getNamedType(each.type)),
    );
    if (usable.length === 0) return '{ __typename }';
    const count = 1 + draw(evenly, 5);
    const chosen = new Set(Array.from({ length: count }, () => pick(draw, usable)));
    return `{ ${[...chosen].map((each) => field(each, depth)).join(' ')} }`;
  }

  const body = root ? selections(root, 1 + draw(evenly, 5)) : '{ __typename }';
  return { query: `${kind} Q${declared.length > 0 ? `(${declared.join(', ')})` : ''} ${body}`, variables };
}

/** A value that an input type takes; now and then one that it does not. */
export function valueFor(draw: Draw, type: GraphQLInputType, depth = 4): unknown {
  if (chance(draw, 3)) return draw(fc.jsonValue, { maxDepth: 3 });
  if (isNonNullType(type)) return valueFor(draw, type.ofType as GraphQLInputType, depth);
  if (isListType(type)) {
    const length = draw(fc.integer, { min: 0, max: chance(draw, 5) ? 150 : 3 });
    return Array.from({ length }, () => valueFor(draw, type.ofType as GraphQLInputType, depth - 1));
  }
  if (isEnumType(type)) return pick(draw, type.getValues()).name;
  if (isInputObjectType(type)) {
    const members = Object.values(type.getFields());
    const given = type.isOneOf
      ? [pick(draw, members)]
      : members.filter((each) => isRequiredInputField(each) || (depth > 0 && chance(draw, 30)));
    return Object.fromEntries(given.map((each) => [each.name, valueFor(draw, each.type, depth - 1)]));
  }
  switch (String(type)) {
    case 'ID':
      return chance(draw, 80) ? pick(draw, IDS) : text(draw);
    case 'Int':
    case 'Float':
      return pick(draw, NUMBERS);
    case 'Boolean':
      return draw(fc.boolean);
    case 'DateTime':
      return pick(draw, ['2026-11-24T12:00:00Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:60Z', 'yesterday', '']);
    case '_Any':
      return {
        __typename: pick(draw, ['ConnectContact', 'ConnectContactChain', 'ConnectTaskTemplate', 'Query', '__Type']),
        instanceId: pick(draw, IDS),
        id: pick(draw, IDS),
      };
    default:
      return text(draw);
  }
}

/** A value as it is written in a document. */
function literal(value: unknown, type: GraphQLInputType): string {
  if (value === null || value === undefined) return 'null';
  const named = getNamedType(type);
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, type)).join(', ')}]`;
  if (typeof value === 'object') {
    const names = Object.entries(value).filter(([name]) => /^[_A-Za-z]\w*$/.test(name));
    const members = names.map(([name, member]) => {
      const field = isInputObjectType(named) ? named.getFields()[name] : undefined;
      return `${name}: ${literal(member, field?.type ?? type)}`;
    });
    return `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' && isEnumType(named) && /^\w+$/.test(value) ? value : JSON.stringify(value);
}

/** Documents that are made to be heavy. */
export function writeBomb(draw: Draw): string {
  const many = pick(draw, [10, 51, 300, 2_000]);
  const repeated = (part: (index: number) => string) =>
    Array.from({ length: many }, (_, index) => part(index)).join(' ');
  return pick(draw, [
    () => `{ ${repeated((index) => `a${index}: connectContact(id: "a") { id }`)} }`,
    () => `{ ${'connectContact(id: "a") { id } '.repeat(many)} }`,
    () => `{ connectContact(id: "a") { ${'chain { initialContact { '.repeat(many)}id${' } }'.repeat(many)} } }`,
    () =>
      `{ ...F0 } ${repeated((index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F${many} on Query { __typename }`,
    () => `{ ...F0 } ${repeated((index) => `fragment F${index} on Query { ...F${(index + 1) % many} }`)}`,
    () => `{ __typename ${'@skip(if: false) '.repeat(many)} }`,
    () => `{ __typename ${repeated((index) => `@x${index}`)} }`,
    () => `query (${repeated((index) => `$v${index}: Int`)}) { __typename }`,
    () => `{ connectContacts(ids: ${'['.repeat(many)}${']'.repeat(many)}) { id } }`,
    () => `{ connectContacts(ids: [${'"x", '.repeat(many)}]) { chain { contacts { chain { contacts { id } } } } } }`,
    () => `{ __schema { types { ${'fields { type { '.repeat(many)}name${' } }'.repeat(many)} } } }`,
    () => `{ ${repeated((index) => `a${index}: __schema { types { name fields { name } } }`)} }`,
    () => `{ connectContact(id: """${'"'.repeat(2)}\\"""${'x'.repeat(many)}""") { id } }`,
    () => `${'#'.repeat(many)}\n{ __typename }`,
    () => `{ connectContactFlows(first: 1${'0'.repeat(many)}) { nodes { id } } }`,
    () => repeated((index) => `query Q${index} { __typename }`),
    () => `subscription { ${repeated((index) => `a${index}`)} }`,
  ])();
}

/** Changes a text here and there. */
export function damage(draw: Draw, whole: string): string {
  let changed = whole;
  const times = draw(fc.integer, { min: 1, max: 4 });
  for (let count = 0; count < times; count += 1) {
    const from = draw(fc.nat, { max: changed.length });
    const to = Math.min(changed.length, from + draw(fc.nat, { max: 20 }));
    const middle = pick(draw, [
      () => '',
      () => changed.slice(from, to).repeat(2),
      () => pick(draw, [...'{}()[]:!$@"#&|=.,\\\n\0', '...', 'null', '"""', '\u2028', '\ud800', '1e999', '__proto__']),
      () => text(draw),
    ])();
    changed = changed.slice(0, from) + middle + changed.slice(to);
  }
  return changed;
}
