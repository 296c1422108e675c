import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { Connect } from '../connect/connect.js';
import { ITEM_ENDINGS, itemErrorsOf } from '../graphql/jobs/item-errors.js';
import type { ItemOutcome, Job, LeasedItem } from '../jobs/job.js';
import { Jobs } from '../jobs/jobs.js';
import { jobDatabase } from '../jobs/open.js';
import { IdlePace, ONE_BY_ONE } from '../jobs/pace.js';
import type { Traffic } from '../jobs/traffic.js';
import type { AuditLog } from '../telemetry/audit-log.js';
import type { Metrics } from '../telemetry/metrics.js';
import { databaseKind } from '../util/database-url.js';

/** What jobs need of a gateway. */
export interface OpenJobsOptions {
  readonly config: Config;
  readonly connect: Connect;
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number;
  /** The requests that jobs make way for. */
  readonly traffic: Traffic;
  readonly logger: Logger;
  readonly audit: AuditLog | undefined;
  readonly metrics: Metrics | undefined;
  /** The database of the jobs; undefined: there are none. Default: that of the settings. */
  readonly databaseUrl?: string | undefined;
}

/** Creations that wait for a token or an answer at once, at most. */
const MAX_WORKERS = 64;

/** Seconds for which creations begun at the rate may wait for their answers, before the rate is not kept. */
const SECONDS_OF_CALLS = 2;

/** Makes the jobs of a gateway. Their database is opened when it is needed. */
export function openJobs(options: OpenJobsOptions): Jobs {
  const { config, connect, now, traffic, logger, audit, metrics } = options;
  const { retentionMs } = config.jobs;
  const databaseUrl = 'databaseUrl' in options ? options.databaseUrl : config.jobs.databaseUrl;
  const database = databaseUrl === undefined ? undefined : jobDatabase(databaseUrl, now);
  const isEmbedded = config.adapter === 'embedded';
  return new Jobs({
    open: database?.open,
    mayHaveJobs: database?.mayHaveJobs ?? false,
    connect,
    workers: isEmbedded ? embeddedWorkers(config) : workersFor(config),
    pace: isEmbedded ? new IdlePace(traffic) : ONE_BY_ONE,
    now,
    errorsOf: itemErrorsOf,
    endings: ITEM_ENDINGS,
    retentionMs,
    events: {
      onSettled(job, item, outcome, ms) {
        metrics?.jobItem(outcome.kind);
        if (audit !== undefined && outcome.kind !== 'AGAIN') auditItem(audit, job, item, outcome, ms);
      },
      onStoreFailed: (error) => logger.warn({ err: error }, 'The database of jobs failed: jobs wait until it answers'),
    },
  });
}

/** SQLite answers at once; a batch of PostgreSQL is prepared while another is committed. */
function embeddedWorkers({ databaseUrl }: Config): number {
  return databaseKind(databaseUrl) === 'postgres' ? 2 : 1;
}

/** As many as keep the rate while calls are slow, and no more, because a paused job gives up those that wait. */
function workersFor({ upstream }: Config): number {
  const { perSecond, burst } = upstream.rates.StartTaskContact;
  return Math.min(MAX_WORKERS, Math.ceil(perSecond * upstream.jobShare * SECONDS_OF_CALLS) + Math.min(burst, 5));
}

function auditItem(
  audit: AuditLog,
  { id, instanceId, owner, caller: { caller, subject, clientId } }: Job,
  { key, task }: LeasedItem,
  outcome: Exclude<ItemOutcome, { readonly kind: 'AGAIN' }>,
  ms: number,
): void {
  const identity =
    owner === '' ? undefined : { key: owner, subject, clientId, scopes: new Set<never>(), instances: undefined };
  void audit(
    { id, caller, identity },
    {
      operation: 'createTaskContacts',
      instance: instanceId,
      contacts: outcome.kind === 'CREATED' ? [outcome.contactId] : [],
      job: id,
      item: key,
      outcome: outcome.kind === 'CREATED' ? ['OK'] : [...new Set(outcome.errors.map(({ code }) => String(code)))],
      tokenHash: undefined,
      taskName: task.name,
      duration: Math.round(ms),
    },
  );
}
