import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type FormattedExecutionResult, print } from 'graphql';
import { pino } from 'pino';
import { type Config, readConfig } from '../../src/config/config.js';
import { type GatewayParts, startGateway } from '../../src/app/gateway.js';

/** A real gateway on a free port, over a database of its own. */
export interface TestGateway extends AsyncDisposable {
  readonly url: string;
  /** Where the AWS wire is, with CONNECT_WIRE_PORT. */
  readonly wireUrl: string | undefined;
  /** Where /metrics is, with METRICS=on. */
  readonly metricsUrl: string | undefined;
  readonly config: Config;
  /** Runs a typed document of schema/operations, as a client would, and answers what came. */
  run<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<FormattedExecutionResult<Result>>;
  /** Runs any other operation. */
  ask(query: string, variables?: object): Promise<FormattedExecutionResult>;
  /** Sends a body to /graphql as it is. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Rows as they are committed, read past the gateway. */
  rows(sql: string, ...parameters: SQLInputValue[]): readonly Record<string, unknown>[];
  /** Changes rows past the gateway. */
  write(sql: string, ...parameters: SQLInputValue[]): void;
  close(): Promise<void>;
}

/** How a test's gateway differs from one that runs on a fresh machine. */
export interface TestGatewayOptions extends GatewayParts {
  /** Settings, as environment variables. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts a gateway for one test. Closing it removes its database. */
export async function startTestGateway({ settings = {}, ...parts }: TestGatewayOptions = {}): Promise<TestGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const file = join(folder, 'connect.db');
  const config = readConfig({ PORT: '0', DATABASE_URL: `file:${file}`, ...settings });
  const gateway = await startGateway(config, { logger: pino({ level: 'silent' }), ...parts });
  const endpoint = `${gateway.url}/graphql`;

  const post: TestGateway['post'] = (body, headers = {}) =>
    fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const ask: TestGateway['ask'] = async (query, variables = {}) => {
    const response = await post({ query, variables });
    return (await response.json()) as FormattedExecutionResult;
  };
  const close = async () => {
    await gateway.close();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url: gateway.url,
    wireUrl: gateway.wireUrl,
    metricsUrl: gateway.metricsUrl,
    config,
    post,
    ask,
    run: (document, variables) => ask(print(document), variables as object) as Promise<never>,
    rows(sql, ...parameters) {
      using database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
      return database.prepare(sql).all(...parameters);
    },
    write(sql, ...parameters) {
      using database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
      database.prepare(sql).run(...parameters);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** How long a test waits for the gateway to let go of the database file. */
const BUSY_TIMEOUT_MS = 5_000;
