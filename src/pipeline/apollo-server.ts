import { ApolloServer, type ApolloServerOptions } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import {
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Logger } from 'pino';
import type { GatewayContext } from '../graphql/context.js';
import { Admission, type AdmissionOptions, type Admitted, type Refused } from './admission.js';
import { DocumentReader } from './documents/document-reader.js';
import { MAX_COERCION_ERRORS } from './coercion-errors.js';
import { createFormatError } from './format-error.js';
import { type Subscribed, subscribe } from './subscribe.js';

/** The answer to a GraphQL request, in any media type. */
export interface GraphqlResponse {
  readonly result: FormattedExecutionResult;
  /** Whether the gateway failed, and the request is not to blame. */
  readonly isFailure: boolean;
  /** Whether the request was a well-formed GraphQL request. */
  readonly isWellFormed: boolean;
}

/** Options of {@link openPipeline}. */
export interface PipelineOptions extends Omit<AdmissionOptions, 'documents' | 'formatError'> {
  /** Whether clients may read the schema and the causes of unexpected errors. */
  readonly exposure: { readonly introspection: boolean; readonly errorDetail: boolean };
  readonly logger: Logger;
  /** Returns the id of the request that is being executed. */
  readonly requestId: () => string | undefined;
}

/** The way of a GraphQL request: it is admitted or refused, and executed if it was admitted. */
export interface Pipeline {
  admit(body: unknown): Admitted | Refused;
  execute(request: Admitted, context: GatewayContext): Promise<GraphqlResponse>;
  /**
   * Begins a subscription.
   *
   * @param contextOf makes the context of an event
   */
  subscribe(request: Admitted, contextOf: () => GatewayContext): Promise<Subscribed>;
  /** Formats an error of the gateway itself, such as the last one of a stream. */
  format(error: GraphQLError): GraphQLFormattedError;
  close(): Promise<void>;
}

/** Opens the pipeline: an admission, and an Apollo Server that executes the documents of admitted requests. */
export async function openPipeline({ exposure, logger, requestId, ...options }: PipelineOptions): Promise<Pipeline> {
  const { schema, limits } = options;
  const formatError = createFormatError(
    (error) => logger.error({ err: error, requestId: requestId() }, 'An operation failed'),
    { detail: exposure.errorDetail, suggestions: exposure.introspection },
    requestId,
  );
  const documents = new DocumentReader({ schema, limits, introspection: exposure.introspection, formatError });
  const admission = new Admission({ ...options, documents, formatError });
  const apollo = new ApolloServer<GatewayContext>({
    schema,
    logger,
    introspection: exposure.introspection,
    documentStore: storeOf(documents),
    // Admission has replaced the id of a persisted document by its text.
    persistedQueries: false,
    parseOptions: { maxTokens: limits.tokens },
    executionOptions: { maxCoercionErrors: MAX_COERCION_ERRORS },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError,
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      // The schema has no cache hints, and looking for them costs a call for every field of every answer.
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
  await apollo.start();
  return {
    admit: (body) => admission.admit(body),
    async execute({ text, operation, operationName, variables }, contextValue) {
      const request = { query: text, variables, ...(operationName !== undefined && { operationName }) };
      const { body, http } = await apollo
        .executeOperation(request, { contextValue })
        .finally(() => contextValue.answerSize.end());
      // GraphQL.js 16 has neither @defer nor @stream.
      if (body.kind !== 'single') throw new Error('The response is incremental');
      return {
        result: wholeAnswer(body.singleResult, operation, contextValue),
        isFailure: (http.status ?? 200) >= 500,
        isWellFormed: true,
      };
    },
    subscribe: (request, contextOf) => subscribe({ schema, formatError }, request, contextOf),
    format: (error) => formatError(error.toJSON(), error),
    close: () => apollo.stop(),
  };
}

/** Refuses the answer to a query that became too large, because what is left of it lacks parts without an error of their own. */
function wholeAnswer(
  result: FormattedExecutionResult,
  { operation }: OperationDefinitionNode,
  { answerSize }: GatewayContext,
): FormattedExecutionResult {
  if (!answerSize.isExceeded || operation !== OperationTypeNode.QUERY) return result;
  const isAboutSize = ({ extensions }: GraphQLFormattedError) => extensions?.code === 'ANSWER_TOO_LARGE';
  return { data: null, errors: (result.errors ?? []).filter(isAboutSize).slice(0, 1) };
}

/** Length of a SHA-256 in hexadecimal digits. */
const HASH_LENGTH = 64;

/**
 * Gives Apollo Server the documents that were admitted, by the hash at the end of its keys. It parses and validates only a
 * document that is too large to be remembered.
 */
function storeOf(documents: DocumentReader): NonNullable<ApolloServerOptions<GatewayContext>['documentStore']> {
  return {
    get: async (key) => documents.find(key.slice(-HASH_LENGTH)),
    set: async () => {},
    delete: async () => false,
  };
}
