import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { ConnectContact } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import type { ResponseErrorCode } from '../errors/response-codes.js';
import type { Identity, Scope } from '../identity.js';
import { fieldsOf } from '../loading/selection.js';
import { type Rule, ruleOf } from './rules.js';

/**
 * Checks the rule of each field before its resolver. Without authentication every field is allowed.
 *
 * @throws TypeError if a field has no rule
 */
export function enforceRules(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(isObjectType(type) || isInterfaceType(type)) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const rule = ruleOf(type.name, field.name);
      if (rule.scopes.length === 0) continue;
      const { resolve = defaultFieldResolver, subscribe } = field;
      const missing = type === schema.getMutationType() ? missingForMutations : missingFor(rule);
      const check = ({ identity }: GatewayContext, source: unknown, info: GraphQLResolveInfo) => {
        if (identity === undefined) return;
        const lacking = missing(identity, source, info);
        if (lacking.length > 0) throw forbidden(lacking);
      };
      field.resolve = (source, args, context: GatewayContext, info) => {
        check(context, source, info);
        return resolve(source, args, context, info);
      };
      if (subscribe === undefined) continue;
      // Before anything is followed.
      field.subscribe = (source, args, context: GatewayContext, info) => {
        check(context, source, info);
        return subscribe(source, args, context, info);
      };
    }
  }
}

/** Returns the scopes that a caller lacks for a field. */
function missingFor(rule: Rule) {
  const { scopes, orStated } = rule;
  return ({ scopes: held }: Identity, source: unknown, { fieldName }: GraphQLResolveInfo): readonly Scope[] => {
    const [first = []] = scopes;
    if (orStated && !(source instanceof ConnectContact && source.isStated(fieldName))) return lackingOf(first, held);
    return scopes.some((set) => lackingOf(set, held).length === 0) ? [] : lackingOf(first, held);
  };
}

/**
 * Returns the scopes that a caller lacks for all mutations of its operation, before the first one runs, because the answer to
 * a completed mutation must not be lost by the refusal of the next.
 */
function missingForMutations({ scopes: held }: Identity, _source: unknown, info: GraphQLResolveInfo): readonly Scope[] {
  const wanted = [...fieldsOf(info, info.parentType, [info.operation.selectionSet])]
    .map(({ name }) => name.value)
    .filter((name) => !name.startsWith('__'));
  return [...new Set(wanted.flatMap((name) => lackingOf(ruleOf(info.parentType.name, name).scopes[0] ?? [], held)))];
}

function lackingOf(needed: readonly Scope[], held: ReadonlySet<Scope>): readonly Scope[] {
  return needed.filter((scope) => !held.has(scope));
}

function forbidden(requiredScopes: readonly Scope[]): GraphQLError {
  const scopes = requiredScopes.length === 1 ? 'scope' : 'scopes';
  return new GraphQLError(`This needs the ${scopes} ${requiredScopes.join(', ')}, which the token does not have.`, {
    extensions: { code: 'FORBIDDEN' satisfies ResponseErrorCode, requiredScopes },
  });
}
