import type { TypedDocumentString } from './generated.ts';

/** The request as a whole was refused: its shape is wrong, or the gateway could not answer. */
export class RequestError extends Error {
  /** The codes of the errors: BAD_USER_INPUT, THROTTLED … */
  readonly codes: readonly string[];

  constructor(errors: readonly ResponseError[]) {
    super(errors.map(({ message }) => message).join('\n'));
    this.name = 'RequestError';
    this.codes = errors.flatMap(({ extensions }) => extensions?.code ?? []);
  }
}

interface ResponseError {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

/** Runs operations on one gateway. */
export interface Client {
  /**
   * Runs an operation. The document says which variables it takes and what comes back.
   *
   * @throws RequestError where anything in the answer is an error of the request
   */
  run<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result>;
}

/**
 * Makes a client.
 *
 * @param url where the gateway serves GraphQL: http://127.0.0.1:4000/graphql
 */
export function createClient(url: string): Client {
  return {
    async run<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query: document.toString(), variables }),
      });
      const { data, errors } = (await response.json()) as { data?: Result; errors?: readonly ResponseError[] };
      if (errors !== undefined || data === undefined) throw new RequestError(errors ?? [{ message: 'No data' }]);
      return data;
    },
  };
}
