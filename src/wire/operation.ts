import type { CallOptions, Connect } from '../connect/connect.js';
import type { Input, Members } from './members.js';
import type { ApiNames } from '../connect/api-names/members.js';

/** An operation of the API: its HTTP form, and the call of the port that implements it. */
export interface Operation<Of extends Members = Members, Request = unknown, Result = unknown> {
  readonly name: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Segments in braces are members: /contacts/{InstanceId}/{ContactId}. */
  readonly path: string;
  readonly members: Of;
  /** For messages: API names of the port's members, where they are not the PascalCase name. */
  readonly names?: ApiNames | undefined;
  /** Converts the input to the port's request. Throws a WireError for input that the port has no form for. */
  toRequest(input: Input<Of>): Request;
  call(connect: Connect, request: Request, options: CallOptions): Promise<Result>;
  /** Converts the result to the response body, without its undefined members. */
  toResponse(result: Result, request: Request): object;
}

/** An operation with its types erased, for the table of operations. */
export interface AnyOperation extends Omit<Operation, 'toRequest' | 'call' | 'toResponse'> {
  run(connect: Connect, input: Readonly<Record<string, unknown>>, options: CallOptions): Promise<object>;
}

/** Erases the types of an operation, for the table. */
export function operation<const Of extends Members, Request, Result>(
  definition: Operation<Of, Request, Result>,
): AnyOperation {
  return {
    name: definition.name,
    method: definition.method,
    path: definition.path,
    members: definition.members,
    names: definition.names,
    async run(connect, input, options) {
      const request = definition.toRequest(input as Input<Of>);
      return definition.toResponse(await definition.call(connect, request, options), request);
    },
  };
}

/** Returns an empty response body. */
export function nothing(): object {
  return {};
}
