import type { Answers, CallOptions } from './call.js';
import type { Connect, ConnectOperations } from './connect.js';
import type { RatedOperation } from './rates.js';

/** The name of a method that represents an operation of the API. */
export type MethodName = keyof ConnectOperations;

/** Whether a call reads or changes data of Amazon Connect. */
export type MethodKind = 'READ' | 'CHANGE';

/** How a method of the port relates to the API. */
export interface MethodFacts {
  /** The API's operation that the method calls at least once. */
  readonly operation: RatedOperation;
  readonly kind: MethodKind;
  /** The member that lists the ids of a batch read. On the API each id is a call of its own. */
  readonly batch?: string;
}

type RequestOf<Name extends MethodName> = Parameters<ConnectOperations[Name]>[0];

/** The members of a request that list ids. */
type BatchMember<Request> = {
  [Member in keyof Request]-?: Request[Member] extends readonly string[] ? Member : never;
}[keyof Request];

/** A method that returns {@link Answers} must name the member with its ids; any other method must not. */
type FactsOf<Name extends MethodName> =
  Awaited<ReturnType<ConnectOperations[Name]>> extends Answers<unknown>
    ? { readonly operation: RatedOperation; readonly kind: 'READ'; readonly batch: BatchMember<RequestOf<Name>> }
    : { readonly operation: RatedOperation; readonly kind: MethodKind; readonly batch?: never };

/** The facts of each method of the port. The compiler rejects a table that lacks one. */
export const METHODS = {
  startTaskContact: { operation: 'StartTaskContact', kind: 'CHANGE' },
  updateContactAttributes: { operation: 'UpdateContactAttributes', kind: 'CHANGE' },
  updateContact: { operation: 'UpdateContact', kind: 'CHANGE' },
  updateContactSchedule: { operation: 'UpdateContactSchedule', kind: 'CHANGE' },
  stopContact: { operation: 'StopContact', kind: 'CHANGE' },
  transferContact: { operation: 'TransferContact', kind: 'CHANGE' },
  pauseContact: { operation: 'PauseContact', kind: 'CHANGE' },
  resumeContact: { operation: 'ResumeContact', kind: 'CHANGE' },
  updateContactRoutingData: { operation: 'UpdateContactRoutingData', kind: 'CHANGE' },
  updateContactTaskTemplate: { operation: 'UpdateContactTaskTemplate', kind: 'CHANGE' },
  associateContactWithUser: { operation: 'AssociateContactWithUser', kind: 'CHANGE' },
  tagContact: { operation: 'TagContact', kind: 'CHANGE' },
  untagContact: { operation: 'UntagContact', kind: 'CHANGE' },
  describeContacts: { operation: 'DescribeContact', kind: 'READ', batch: 'contactIds' },
  getContactMetrics: { operation: 'GetContactMetrics', kind: 'READ', batch: 'contactIds' },
  listChains: { operation: 'ListAssociatedContacts', kind: 'READ', batch: 'contactIds' },
  getAttributes: { operation: 'GetContactAttributes', kind: 'READ', batch: 'contactIds' },
  listReferences: { operation: 'ListContactReferences', kind: 'READ', batch: 'contactIds' },
  listAssociatedContacts: { operation: 'ListAssociatedContacts', kind: 'READ' },
  searchContacts: { operation: 'SearchContacts', kind: 'READ' },
  listContactFlows: { operation: 'ListContactFlows', kind: 'READ' },
  describeContactFlows: { operation: 'DescribeContactFlow', kind: 'READ', batch: 'contactFlowIds' },
  listQuickConnects: { operation: 'ListQuickConnects', kind: 'READ' },
  describeQuickConnects: { operation: 'DescribeQuickConnect', kind: 'READ', batch: 'quickConnectIds' },
  listTaskTemplates: { operation: 'ListTaskTemplates', kind: 'READ' },
  getTaskTemplates: { operation: 'GetTaskTemplate', kind: 'READ', batch: 'taskTemplateIds' },
  getTaskTemplate: { operation: 'GetTaskTemplate', kind: 'READ' },
  createTaskTemplate: { operation: 'CreateTaskTemplate', kind: 'CHANGE' },
  getAttachedFile: { operation: 'GetAttachedFile', kind: 'READ' },
  listQueues: { operation: 'ListQueues', kind: 'READ' },
  describeQueues: { operation: 'DescribeQueue', kind: 'READ', batch: 'queueIds' },
  listUsers: { operation: 'ListUsers', kind: 'READ' },
  describeUsers: { operation: 'DescribeUser', kind: 'READ', batch: 'userIds' },
  listInstances: { operation: 'ListInstances', kind: 'READ' },
  describeInstances: { operation: 'DescribeInstance', kind: 'READ', batch: 'instanceIds' },
} as const satisfies { readonly [Name in MethodName]: FactsOf<Name> };

/** The names in {@link METHODS}. */
export const METHOD_NAMES = Object.keys(METHODS) as readonly MethodName[];

/** A method of the port. */
export type Method<Request, Result> = (request: Request, options?: CallOptions) => Promise<Result>;

/** The part of a request that decorators of all methods use. */
export interface AnyRequest {
  readonly instanceId?: string;
}

/**
 * Decorates a method.
 *
 * @returns `method` itself if it needs no change
 */
export type DecorateMethod = <Request extends AnyRequest, Result>(
  method: Method<Request, Result>,
  facts: MethodFacts,
  name: MethodName,
) => Method<Request, Result>;

/** Returns a port in which some methods are replaced. */
export function withMethods(port: Connect, methods: Partial<Connect>): Connect {
  return { ...methodsOf(port), ...methods };
}

/** Returns a port in which each method of {@link METHODS} is decorated. */
export function withEachMethod(port: Connect, decorate: DecorateMethod): Connect {
  const inner = methodsOf(port);
  const methods = METHOD_NAMES.map((name) => [
    name,
    decorate(inner[name] as Method<AnyRequest, unknown>, METHODS[name], name),
  ]);
  return { ...inner, ...(Object.fromEntries(methods) as ConnectOperations) };
}

/** Returns the ids of a batch read; an empty list for any other method. */
export function idsOf(request: AnyRequest, { batch }: MethodFacts): readonly string[] {
  return batch === undefined ? [] : ((request as Readonly<Record<string, unknown>>)[batch] as readonly string[]);
}

/** Returns the same request for other ids. */
export function withIds<Request extends AnyRequest>(
  request: Request,
  { batch }: MethodFacts,
  ids: readonly string[],
): Request {
  return batch === undefined ? request : { ...request, [batch]: ids };
}

/** Returns the port as an object of functions, because an adapter's methods are on its class and need their `this`. */
function methodsOf(port: Connect): Connect {
  if (Object.getPrototypeOf(port) === Object.prototype) return port;
  const methods = METHOD_NAMES.map((name) => [name, port[name].bind(port)]);
  return {
    ...(Object.fromEntries(methods) as ConnectOperations),
    ...(port.listsWholeContacts !== undefined && { listsWholeContacts: port.listsWholeContacts }),
    ready: (options) => port.ready(options),
    close: () => port.close(),
  };
}
