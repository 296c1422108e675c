import type { CallOptions, Connect } from '../connect/connect.js';
import type { Input, Members } from './members.js';
import type { ApiNames } from '../connect/api-names/members.js';

/** An operation of the API: how it travels, and how the port does it. */
export interface Operation<Of extends Members = Members, Request = unknown, Result = unknown> {
  readonly name: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Segments in braces are members: /contacts/{InstanceId}/{ContactId}. */
  readonly path: string;
  readonly members: Of;
  /** For messages: what it calls members of the port's request, where that is not their name in PascalCase. */
  readonly names?: ApiNames | undefined;
  /** Says in the port's words what was asked for. May throw WireErrors for what the port has no words for. */
  toRequest(input: Input<Of>): Request;
  call(connect: Connect, request: Request, options: CallOptions): Promise<Result>;
  /** What is answered; members that are undefined are left out. */
  toResponse(result: Result, request: Request): object;
}

/** An operation whose types only itself knows: what the table holds. */
export interface AnyOperation extends Omit<Operation, 'toRequest' | 'call' | 'toResponse'> {
  run(connect: Connect, input: Readonly<Record<string, unknown>>, options: CallOptions): Promise<object>;
}

/** Makes an operation fit for the table. */
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

/** An answer that says nothing. */
export function nothing(): object {
  return {};
}
