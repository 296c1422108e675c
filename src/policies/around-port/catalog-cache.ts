import type { Answers, CallOptions, Connect } from '../../connect/connect.js';
import {
  type AnyRequest,
  idsOf,
  type Method,
  METHODS,
  type MethodFacts,
  withIds,
  withMethods,
} from '../../connect/methods.js';
import { RATES } from '../../connect/rates.js';
import type { TaskTemplate } from '../../connect/task-template.js';
import { eachById, readOne, rightsOf } from './read-by-ids.js';
import { type Reading, SharedReads } from './shared-reads.js';

/** The parts of the cache of the catalogue. */
export interface CatalogCacheParts {
  /** Time that an answer is fresh, in milliseconds (CONNECT_CATALOG_TTL_MS). Range: more than 0. */
  readonly ttlMs: number;
  /** The clock of the policies, in milliseconds. */
  readonly now: () => number;
}

/** A port whose catalogue is cached. */
export interface CatalogCache {
  readonly connect: Connect;
  /**
   * Reads a template.
   *
   * @param ageMs maximum age of a cached template, in milliseconds. Default: the cache's own
   * @throws ConnectFault
   */
  template(instanceId: string, id: string, options: CallOptions, ageMs?: number): Promise<TaskTemplate | null>;
}

/** Maximum number of cached answers. A page of 100 flows takes about 30 KiB. */
const MAX_ENTRIES = 500;

/** Number of further TTLs that a stale answer is returned while it is refreshed. Frequent readers thus never wait. */
const STALE_TTLS = 4;

/** Maximum number of concurrent calls of one read: the default burst of the catalogue's operations, 5. */
const PARALLEL = RATES.GetTaskTemplate.burst;

/**
 * Caches flows, quick connects, task templates, queues and users for one TTL. For four more TTLs a stale answer is returned and
 * refreshed in the background. An administrator's changes appear after that; templates created through this port appear
 * at once.
 */
export function catalogCached(port: Connect, { ttlMs, now }: CatalogCacheParts): CatalogCache {
  const reads = new SharedReads<string>({ ttlMs, staleMs: STALE_TTLS * ttlMs, max: MAX_ENTRIES, now });

  const readingOf = <Thing>(
    kind: string,
    read: (id: string, options: CallOptions) => Promise<Answers<Thing>>,
    instanceId: string,
    id: string,
    options: CallOptions,
  ): Reading<Thing | null, string> => ({
    key: JSON.stringify([kind, rightsOf(options), instanceId, id]),
    subject: kind,
    call: (how) => readOne(read(id, how)),
  });
  const byIds = <Request extends AnyRequest & { readonly instanceId: string }, Thing>(
    kind: string,
    facts: MethodFacts,
    read: Method<Request, Answers<Thing>>,
  ): Method<Request, Answers<Thing>> => {
    return (request, options = {}) => {
      const readId = (id: string, how: CallOptions) => read(withIds(request, facts, [id]), how);
      return eachById(idsOf(request, facts), PARALLEL, (id) =>
        reads.read(readingOf(kind, readId, request.instanceId, id, options), options),
      );
    };
  };
  const page = <Request, Result>(kind: string, read: (request: Request, options?: CallOptions) => Promise<Result>) => {
    return (request: Request, options: CallOptions = {}): Promise<Result> =>
      reads.read(
        {
          key: JSON.stringify([kind, rightsOf(options), request]),
          subject: kind,
          call: (how) => read(request, how),
        },
        options,
      );
  };

  const connect = withMethods(port, {
    listContactFlows: page('flows', (request, how) => port.listContactFlows(request, how)),
    describeContactFlows: byIds('flow', METHODS.describeContactFlows, (request, how) =>
      port.describeContactFlows(request, how),
    ),
    listQuickConnects: page('quick connects', (request, how) => port.listQuickConnects(request, how)),
    describeQuickConnects: byIds('quick connect', METHODS.describeQuickConnects, (request, how) =>
      port.describeQuickConnects(request, how),
    ),
    listTaskTemplates: page('templates', (request, how) => port.listTaskTemplates(request, how)),
    getTaskTemplates: byIds('template', METHODS.getTaskTemplates, (request, how) =>
      port.getTaskTemplates(request, how),
    ),
    listQueues: page('queues', (request, how) => port.listQueues(request, how)),
    describeQueues: byIds('queue', METHODS.describeQueues, (request, how) => port.describeQueues(request, how)),
    listUsers: page('users', (request, how) => port.listUsers(request, how)),
    describeUsers: byIds('user', METHODS.describeUsers, (request, how) => port.describeUsers(request, how)),
    async createTaskTemplate(request, options) {
      try {
        return await port.createTaskTemplate(request, options);
      } finally {
        reads.drop((kind) => kind === 'templates');
      }
    },
    async close() {
      await reads.close();
      await port.close();
    },
  });
  return {
    connect,
    template(instanceId, id, options, ageMs = Number.POSITIVE_INFINITY) {
      const read = (taskTemplateId: string, how: CallOptions) =>
        port.getTaskTemplates({ instanceId, taskTemplateIds: [taskTemplateId] }, how);
      const reading = readingOf('template', read, instanceId, id, options);
      return reads.readNewer(reading, ageMs, options);
    },
  };
}
