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

/** What the cache of the catalogue works with. */
export interface CatalogCacheParts {
  /** How long an answer is fresh, in milliseconds (CONNECT_CATALOG_TTL_MS), more than 0. */
  readonly ttlMs: number;
  /** The clock of the policies, in milliseconds. */
  readonly now: () => number;
}

/** A port whose catalogue is kept. */
export interface CatalogCache {
  readonly connect: Connect;
  /** A template that is as it was at most some milliseconds ago. Omitted: as the port gives it. @throws ConnectFault */
  template(instanceId: string, id: string, options: CallOptions, ageMs?: number): Promise<TaskTemplate | null>;
}

/** Answers that are kept, at most. A page of 100 flows takes some 30 KiB. */
const MAX_ENTRIES = 500;

/**
 * How many TTLs longer an answer is given while another one is read behind it: whoever asks seldom waits for a fresh one,
 * whoever asks often never waits.
 */
const STALE_TTLS = 4;

/** Ids of one read that are under way at once: as many as operations of the catalogue take at once by default, 5. */
const PARALLEL = RATES.GetTaskTemplate.burst;

/**
 * Flows, quick connects and task templates, listed and read, as they were at most one TTL ago; up to four more while newer
 * ones are read in the background. What an administrator changes shows after that; a template that is made here, at once.
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
