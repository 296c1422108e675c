import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
} from 'graphql';
import { ruleOf } from '../../graphql/access/rules.js';
import { code, table } from './table.js';

const HEAD = `# API reference

Generated from the schema by \`npm run generate\`. Types of federation's own are left out. A cost is 1 for each object
unless the column says otherwise; [Stay within the limits](limits.md) explains it. A field without a scope needs none
beside that of the object it belongs to.
`;

/** Root types first, then the other kinds in the order in which a reader meets them. */
const SECTIONS = [
  ['Queries', (node: DefinitionNode) => isObject(node) && node.name.value === 'Query'],
  ['Mutations', (node: DefinitionNode) => isObject(node) && node.name.value === 'Mutation'],
  ['Inputs', (node: DefinitionNode) => node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION],
  ['Types', (node: DefinitionNode) => isObject(node) && !isRoot(node.name.value)],
  ['Errors', (node: DefinitionNode) => node.kind === Kind.INTERFACE_TYPE_DEFINITION],
  ['Enums', (node: DefinitionNode) => node.kind === Kind.ENUM_TYPE_DEFINITION],
  ['Scalars', (node: DefinitionNode) => node.kind === Kind.SCALAR_TYPE_DEFINITION && node.name.value === 'DateTime'],
] as const;

const isRoot = (name: string) => name === 'Query' || name === 'Mutation';
const isObject = (node: DefinitionNode) => node.kind === Kind.OBJECT_TYPE_DEFINITION;

/**
 * Prints the API reference.
 *
 * @param sdl the subgraph's SDL
 * @param callsOf the calls of Amazon Connect that a field causes when it is selected, by type and field; empty: none
 */
export function apiReference(sdl: string, callsOf: (type: string, field: string) => readonly string[]): string {
  const { definitions } = parse(sdl);
  const sections = SECTIONS.map(([title, belongs]) => {
    const parts = definitions.filter(belongs).map((node) => definition(node, callsOf));
    return `## ${title}\n\n${parts.join('\n\n')}\n`;
  });
  return `${HEAD}\n${sections.join('\n')}`;
}

function definition(node: DefinitionNode, callsOf: (type: string, field: string) => readonly string[]): string {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = (node.fields ?? []).filter(({ name }) => !name.value.startsWith('_'));
      const rows = fields.map((field) => fieldRow(node.name.value, field, callsOf(node.name.value, field.name.value)));
      const list = table(['field', 'type', 'description', 'scope', 'cost', 'calls of Amazon Connect'], rows);
      const args = fields.flatMap((field) =>
        (field.arguments ?? []).map((argument) => inputRow(argument, `${field.name.value}.`)),
      );
      const rest = args.length > 0 ? `\n\n${table(['argument', 'type', 'default', 'description'], args)}` : '';
      return isRoot(node.name.value) ? `${list}${rest}` : `${title(node)}${list}${rest}`;
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return `${title(node)}${table(
        ['member', 'type', 'default', 'description'],
        (node.fields ?? []).map((field) => inputRow(field)),
      )}`;
    case Kind.ENUM_TYPE_DEFINITION:
      return `${title(node)}${table(
        ['value', 'description'],
        (node.values ?? []).map(({ name, description }) => [code(name.value), description?.value ?? '']),
      )}`;
    case Kind.SCALAR_TYPE_DEFINITION:
      return title(node).trimEnd();
    default:
      return '';
  }
}

function title(node: DefinitionNode & { readonly name: { readonly value: string } }): string {
  const { description, directives = [] } = node as {
    readonly description?: { readonly value: string };
    readonly directives?: readonly ConstDirectiveNode[];
  };
  const shown = directives.filter(({ name }) => ['key', 'oneOf'].includes(name.value)).map((each) => code(print(each)));
  const text = [shown.join(' '), description?.value].filter(Boolean).join(' ');
  return `### ${node.name.value}\n\n${text === '' ? '' : `${text}\n\n`}`;
}

function fieldRow(type: string, field: FieldDefinitionNode, calls: readonly string[]): readonly string[] {
  const { scopes } = ruleOf(type, field.name.value);
  return [
    code(field.name.value),
    code(print(field.type)),
    field.description?.value ?? '',
    scopes.map((set) => set.map(code).join(' and ')).join(' or '),
    costOf(field.directives ?? []),
    calls.map(code).join(', '),
  ];
}

function inputRow(input: InputValueDefinitionNode, prefix = ''): readonly string[] {
  return [
    code(`${prefix}${input.name.value}`),
    code(print(input.type)),
    input.defaultValue === undefined ? '' : code(print(input.defaultValue)),
    input.description?.value ?? '',
  ];
}

function costOf(directives: readonly ConstDirectiveNode[]): string {
  const cost = directives.find(({ name }) => name.value === 'cost');
  const weight = cost?.arguments?.find(({ name }) => name.value === 'weight');
  return weight === undefined ? '' : print(weight.value);
}
