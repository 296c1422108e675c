import {
  createSourceEventStream,
  execute,
  type ExecutionResult,
  type FormattedExecutionResult,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import type { GatewayContext } from '../graphql/context.js';
import type { ResponseErrorCode } from '../graphql/errors/response-codes.js';
import type { Admitted } from './admission.js';
import { MAX_COERCION_ERRORS } from './coercion-errors.js';
import type { FormatError } from './format-error.js';

/** How subscriptions are executed. */
export interface SubscribeOptions {
  readonly schema: GraphQLSchema;
  readonly formatError: FormatError;
}

/** The results of a subscription, or the one result of a subscription that could not begin. */
export type Subscribed = AsyncIterable<FormattedExecutionResult> | { readonly refusal: FormattedExecutionResult };

/**
 * Begins a subscription, and executes its document for each event of its source. Each event has a context of its own, so that
 * it reads what is true after the event.
 *
 * @param contextOf makes the context of an event
 */
export async function subscribe(
  { schema, formatError }: SubscribeOptions,
  { document, operation, variables = {}, operationName }: Admitted,
  contextOf: () => GatewayContext,
): Promise<Subscribed> {
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    maxErrors: MAX_COERCION_ERRORS,
  });
  if (errors !== undefined) return { refusal: formatted({ errors: errors.map(badVariable) }, formatError) };
  const request = { schema, document, variableValues: variables, operationName };
  const format = (result: ExecutionResult) => formatted(result, formatError);
  const source = await createSourceEventStream({ ...request, contextValue: contextOf() });
  if (!(Symbol.asyncIterator in source)) return { refusal: format(source) };
  return results(source, async (event) => {
    const contextValue = contextOf();
    try {
      return format(await execute({ ...request, rootValue: event, contextValue }));
    } finally {
      contextValue.answerSize.end();
    }
  });
}

async function* results(
  source: AsyncIterable<unknown>,
  resultOf: (event: unknown) => Promise<FormattedExecutionResult>,
): AsyncGenerator<FormattedExecutionResult> {
  for await (const event of source) yield await resultOf(event);
}

/** graphql-js gives errors of variables no code. */
function badVariable({ message, nodes, source, positions }: GraphQLError): GraphQLError {
  const extensions = { code: 'BAD_USER_INPUT' satisfies ResponseErrorCode };
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions,
  });
}

function formatted({ data, errors, extensions }: ExecutionResult, formatError: FormatError): FormattedExecutionResult {
  return {
    ...(data !== undefined && { data }),
    ...(errors !== undefined && { errors: errors.map((error: GraphQLError) => formatError(error.toJSON(), error)) }),
    ...(extensions !== undefined && { extensions }),
  };
}
