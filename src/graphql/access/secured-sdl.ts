import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  print,
  type SchemaExtensionNode,
} from 'graphql';
import { ruleOf } from './rules.js';

const IMPORTED = ['@authenticated', '@requiresScopes'];

/**
 * Adds the access rules to the subgraph's SDL, for routers that evaluate @authenticated and @requiresScopes. Other routers
 * refuse a supergraph with them, so the plain SDL has none.
 *
 * @throws TypeError if a field has no rule
 */
export function securedSdl(sdl: string): string {
  const definitions = parse(sdl).definitions.map((definition): DefinitionNode => {
    if (definition.kind === Kind.SCHEMA_EXTENSION) return linking(definition);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
    const { fields = [] } = definition;
    return { ...definition, fields: fields.map((field) => declared(definition.name.value, field)) };
  });
  return print({ kind: Kind.DOCUMENT, definitions });
}

/** The link to federation, with the directives of the access rules. */
function linking(extension: SchemaExtensionNode): DefinitionNode {
  const directives = extension.directives?.map((directive) => {
    const given = directive.arguments?.map((argument) => {
      if (argument.value.kind !== Kind.LIST) return argument;
      const imported = IMPORTED.map((value) => ({ kind: Kind.STRING, value }) as const);
      return { ...argument, value: { ...argument.value, values: [...argument.value.values, ...imported] } };
    });
    return { ...directive, arguments: given ?? [] };
  });
  return { ...extension, directives: directives ?? [] };
}

function declared(type: string, field: FieldDefinitionNode): FieldDefinitionNode {
  const { scopes, authenticated } = ruleOf(type, field.name.value);
  const directives = [
    ...(authenticated ? ['@authenticated'] : []),
    ...(scopes.length > 0 ? [`@requiresScopes(scopes: ${JSON.stringify(scopes)})`] : []),
  ].map(directiveOf);
  return { ...field, directives: [...(field.directives ?? []), ...directives] };
}

function directiveOf(text: string): ConstDirectiveNode {
  const [definition] = parse(`type T { f: ID ${text} }`, { noLocation: true }).definitions;
  const directive = definition?.kind === Kind.OBJECT_TYPE_DEFINITION && definition.fields?.[0]?.directives?.[0];
  if (!directive) throw new TypeError(`${text} is no directive`);
  return directive;
}
