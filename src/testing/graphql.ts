import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode, FormattedExecutionResult } from 'graphql';
import type { Gateway, GatewayParts } from '../app/gateway.js';

/** Executes GraphQL requests in this process, with all that the gateway does to a request. */
export interface GraphQl {
  <Result, Variables extends object>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<FormattedExecutionResult<Result>>;
  (document: string | DocumentNode, variables?: object): Promise<FormattedExecutionResult>;
}

/** The schema, which the kits of one process share. */
let subgraph: ReturnType<typeof import('../graphql/schema.js').buildSubgraph> | undefined;

/**
 * Opens a gateway without a port. Only this function loads the gateway, which takes longer than the rest of the kit.
 *
 * @param settings settings of the gateway, as environment variables
 */
export async function openGraphql(
  settings: Readonly<Record<string, string>>,
  parts: Pick<GatewayParts, 'opened' | 'now' | 'logger'>,
): Promise<Gateway> {
  await import('reflect-metadata');
  const [{ startGateway }, { readConfig }, { buildSubgraph }] = await Promise.all([
    import('../app/gateway.js'),
    import('../config/config.js'),
    import('../graphql/schema.js'),
  ]);
  subgraph ??= buildSubgraph();
  const config = readConfig({ LOG_LEVEL: 'silent', AUDIT_LOG: 'off', GRAPHIQL: 'off', ...settings });
  return startGateway(config, { ...parts, subgraph: await subgraph, listens: false });
}

/** Returns the text of a document. */
export async function textOf(document: string | DocumentNode): Promise<string> {
  if (typeof document === 'string') return document;
  const { print } = await import('graphql');
  return print(document);
}
