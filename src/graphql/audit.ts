import { createHash } from 'node:crypto';
import { defaultFieldResolver, GraphQLError, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { isConnectFault } from '../connect/errors.js';
import type { GatewayContext } from './context.js';
import { codeOfFault } from './errors/response-codes.js';
import type { Instances } from './instances.js';

/** Maximum length of a caller's text in a record, in UTF-16 units: the longest id with a bound in the API. */
const MAX_TEXT = 500;

/** Records the outcome of each mutation, refusals included, if auditing is on. */
export function auditMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = (source, args, context: GatewayContext, info) => {
      if (context.audit === undefined) return resolve(source, args, context, info);
      return audited(context.audit, context.instances, args, info, async () => resolve(source, args, context, info));
    };
  }
}

async function audited(
  keep: NonNullable<GatewayContext['audit']>,
  instances: Instances,
  args: { readonly input?: Readonly<Record<string, unknown>> },
  { fieldName }: GraphQLResolveInfo,
  run: () => Promise<unknown>,
): Promise<unknown> {
  const { input = {} } = args;
  const began = performance.now();
  const record = (
    outcome: readonly string[],
    madeId?: string,
    jobId = textOf(input.jobId),
  ): Promise<void> | undefined => {
    const token = textOf(input.clientToken);
    const named = textOf(input.instanceId);
    return keep({
      operation: fieldName,
      instance: instances.resolve(named) ?? named ?? instances.defaultId,
      contacts: [...new Set([textOf(input.contactId), madeId].filter((id) => id !== undefined))],
      ...(jobId !== undefined && { job: jobId }),
      outcome: [...new Set(outcome)],
      tokenHash: token && createHash('sha256').update(token).digest('base64url').slice(0, 22),
      taskName: textOf(input.name),
      duration: Math.round(performance.now() - began),
    });
  };
  try {
    const payload = (await run()) as {
      readonly contact?: { readonly id: string } | null;
      readonly job?: { readonly id: string } | null;
      readonly errors: readonly { readonly code: string }[];
    };
    const codes = payload.errors.map(({ code }) => code);
    const written = record(codes.length === 0 ? ['OK'] : codes, payload.contact?.id, payload.job?.id);
    if (written !== undefined) await written;
    return payload;
  } catch (error) {
    await record([codeOf(error)]);
    throw error;
  }
}

function codeOf(error: unknown): string {
  if (isConnectFault(error)) return codeOfFault(error);
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined;
}
