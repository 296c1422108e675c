import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject, randomUUID } from 'node:crypto';
import type { ConnectClient } from '@aws-sdk/client-connect';
import { SignatureV4 } from '@smithy/signature-v4';
import type {
  Checksum,
  EndpointV2,
  HttpHandlerOptions,
  HttpRequest,
  HttpResponse,
  OperationSchema,
  SourceData,
  StaticOperationSchema,
} from '@smithy/types';
import type { AnyClient } from './clients.js';

/** A command of the SDK, with the schema of its operation. */
interface Described {
  readonly schema?: StaticOperationSchema;
  readonly input: object;
}

/** The SDK's writer of requests and reader of responses. Its own type is a union that cannot be called. */
interface Protocol {
  serializeRequest(operation: OperationSchema, input: object, context: object): Promise<HttpRequest>;
  deserializeResponse(operation: OperationSchema, context: object, response: HttpResponse): Promise<unknown>;
}

/** Errors about the time of a signature, beside those with status 401 and 403. */
const CLOCK_ERRORS: ReadonlySet<string> = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed']);

/**
 * A fast path beside the SDK's middleware stack. It composes calls from the SDK's own parts. docs/performance.md has
 * its figures. Without the line that creates it, all calls use the SDK's own path.
 *
 * The first call uses the SDK's own path. Its results that would be the same for each call (endpoint, user agent, scope
 * of the signature) are kept. Further calls use the SDK's protocol, signer and handler directly.
 */
export class FastClient implements AnyClient {
  readonly #client: ConnectClient;
  readonly #traceHeaders: () => Readonly<Record<string, string>>;
  readonly #operations = new WeakMap<StaticOperationSchema, OperationSchema>();
  #prepared: Prepared | undefined;
  #signer: SignatureV4 | undefined;
  #context: object | undefined;

  /**
   * @param client a client that nothing else uses
   * @param traceHeaders returns the trace context of the current call. Default: none
   */
  constructor(client: ConnectClient, traceHeaders: () => Readonly<Record<string, string>> = () => ({})) {
    this.#client = client;
    this.#traceHeaders = traceHeaders;
    client.middlewareStack.add(
      (next, context) => (call) => {
        const { request } = call as { readonly request?: HttpRequest };
        if (request) this.#prepared = preparedBy(request, context.endpointV2);
        return next(call);
      },
      { step: 'deserialize', priority: 'low', name: 'prepared' },
    );
  }

  get config(): ConnectClient['config'] {
    return this.#client.config;
  }

  readonly send = ((command: Described, options: HttpHandlerOptions = {}) => {
    const { schema, input } = command;
    return this.#prepared && schema
      ? this.#send(this.#operationOf(schema), input, this.#prepared, options)
      : this.#client.send(command as never, options);
  }) as AnyClient['send'];

  destroy(): void {
    this.#client.destroy();
  }

  async #send(
    operation: OperationSchema,
    input: object,
    prepared: Prepared,
    options: HttpHandlerOptions,
  ): Promise<unknown> {
    const { requestHandler, systemClockOffset } = this.#client.config;
    const protocol = this.#client.config.protocol as Protocol;
    const context = this.#contextOf(prepared);
    const request = await protocol.serializeRequest(operation, input, context);
    const { headers, body } = request;
    Object.assign(headers, prepared.headers, this.#traceHeaders(), { 'amz-sdk-invocation-id': randomUUID() });
    if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
    const signed = await this.#signerOf(prepared).sign(request, {
      signingDate: new Date(Date.now() + systemClockOffset),
    });
    const { response } = await requestHandler.handle(signed as never, options);
    try {
      return await protocol.deserializeResponse(operation, context, response);
    } catch (error) {
      throw this.#withResponse(response, error);
    }
  }

  /** Adds the response to an error, as the SDK does. */
  #withResponse(response: HttpResponse, error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    const { statusCode } = response;
    // The clock may be wrong. The SDK's own path corrects it by the response, so the next call uses that path.
    if (statusCode === 401 || statusCode === 403 || CLOCK_ERRORS.has(error.name)) this.#prepared = undefined;
    return Object.defineProperty(error, '$response', { value: response });
  }

  #operationOf(schema: StaticOperationSchema): OperationSchema {
    const known = this.#operations.get(schema);
    if (known) return known;
    const [, namespace, name, traits, input, output] = schema;
    const operation = { namespace, name, traits, input, output } as OperationSchema;
    this.#operations.set(schema, operation);
    return operation;
  }

  /** Returns the context of the protocol. The SDK creates one for each call, from its whole configuration. */
  #contextOf({ endpoint }: Prepared): object {
    this.#context ??= { ...this.#client.config, endpoint: async () => endpoint };
    return this.#context;
  }

  #signerOf({ signingRegion, signingService }: Prepared): SignatureV4 {
    const { credentials } = this.#client.config;
    this.#signer ??= new SignatureV4({ credentials, region: signingRegion, service: signingService, sha256: Sha256 });
    return this.#signer;
  }
}

/** The parts that all requests of a client share, read from one request of the SDK. */
interface Prepared {
  readonly endpoint: {
    readonly protocol: string;
    readonly hostname: string;
    readonly port?: number;
    readonly path: string;
    readonly query: Record<string, string>;
  };
  readonly headers: Readonly<Record<string, string>>;
  readonly signingRegion: string;
  readonly signingService: string;
}

/** Headers that are the same in all requests. */
const SHARED_HEADERS = ['host', 'user-agent', 'x-amz-user-agent', 'amz-sdk-request'] as const;

/** The scope of a signature of version 4: its region and service. */
const SCOPE = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request,/;

/**
 * Reads the shared parts from a signed request of the SDK.
 *
 * @returns undefined if it is signed in another way, or if the endpoint needs headers of its own
 */
function preparedBy(request: HttpRequest, endpoint: EndpointV2 | undefined): Prepared | undefined {
  const scope = SCOPE.exec(request.headers.authorization ?? '');
  if (!scope || !endpoint || Object.keys(endpoint.headers ?? {}).length > 0) return undefined;
  const { protocol, hostname, port, pathname, searchParams } = endpoint.url;
  const [, signingRegion = '', signingService = ''] = scope;
  return {
    endpoint: {
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      ...(port !== '' && { port: Number(port) }),
    },
    headers: Object.fromEntries(
      SHARED_HEADERS.flatMap((name) => {
        const value = request.headers[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    signingRegion,
    signingService,
  };
}

/** HMAC keys by their bytes. The signer passes the same bytes for each signature of a day. */
const keys = new WeakMap<object, KeyObject>();

/**
 * Computes SHA-256, or its HMAC with a secret, for the SDK's signer. It creates a key object once, because that costs
 * less than passing bytes to Node for each signature, as the SDK does.
 */
export class Sha256 implements Checksum {
  readonly #secret: SourceData | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: SourceData) {
    this.#secret = secret;
    this.#hash = begun(secret);
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = begun(this.#secret);
  }
}

function begun(secret: SourceData | undefined): Hash | Hmac {
  if (secret === undefined) return createHash('sha256');
  return createHmac('sha256', typeof secret === 'string' ? secret : keyOf(secret));
}

function keyOf(bytes: Exclude<SourceData, string>): KeyObject {
  const known = keys.get(bytes);
  if (known) return known;
  const key = createSecretKey(ArrayBuffer.isView(bytes) ? (bytes as NodeJS.ArrayBufferView) : new Uint8Array(bytes));
  keys.set(bytes, key);
  return key;
}
