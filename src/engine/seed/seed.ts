import type { ContactFlow, QuickConnectType } from '../../connect/catalog.js';
import type { Channel, Reference } from '../../connect/contact.js';
import type { TaskTemplateField, TaskTemplateStatus } from '../../connect/task-template.js';
import type { Path } from '../../connect/violation.js';

/** A seed file. schema/seed.schema.json defines its content and its defaults. */
export interface Seed {
  readonly instances: readonly SeedInstance[];
}

/** An instance with its resources. They are added to those of an existing instance. */
export interface SeedInstance {
  readonly id: string;
  readonly alias?: string;
  readonly arn?: string;
  readonly contactFlows: readonly SeedContactFlow[];
  readonly queues: readonly { readonly id: string; readonly name: string }[];
  readonly users: readonly { readonly id: string; readonly username: string }[];
  readonly quickConnects: readonly SeedQuickConnect[];
  readonly taskTemplates: readonly SeedTaskTemplate[];
  readonly contacts: readonly SeedContact[];
}

/** A contact flow. */
export interface SeedContactFlow {
  readonly id: string;
  readonly name: string;
  readonly type: ContactFlow['type'];
  readonly state: ContactFlow['state'];
  readonly status: ContactFlow['status'];
  readonly description?: string;
}

/** A quick connect. Its type determines which ids it has. */
export interface SeedQuickConnect {
  readonly id: string;
  readonly name: string;
  readonly type: QuickConnectType;
  readonly description?: string;
  readonly contactFlowId?: string;
  readonly queueId?: string;
  readonly userId?: string;
  readonly phoneNumber?: string;
}

/** A task template. */
export interface SeedTaskTemplate {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly status: TaskTemplateStatus;
  readonly contactFlowId?: string;
  readonly selfAssignFlowId?: string;
  readonly fields: readonly TaskTemplateField[];
}

/** The state of a seed's task. Controls bring it there. */
export type SeedState = 'INITIATED' | 'QUEUED' | 'CONNECTED' | 'AFTER_CONTACT_WORK' | 'COMPLETED';

/** A contact. A task is created as by StartTaskContact, when the seed is first applied. */
export interface SeedContact {
  readonly id: string;
  readonly channel: Channel;
  readonly attributes: Readonly<Record<string, string>>;
  readonly contactFlowId?: string;
  readonly queueId?: string;
  readonly userId?: string;
  readonly name?: string;
  readonly description?: string;
  readonly quickConnectId?: string;
  readonly taskTemplateId?: string;
  readonly previousContactId?: string;
  readonly relatedContactId?: string;
  readonly references?: readonly Reference[];
  readonly scheduledInMinutes?: number;
  readonly expiryMinutes?: number;
  readonly state?: SeedState;
  /** Only for contacts of other channels: ISO 8601. */
  readonly initiatedAt?: string;
  readonly endedAt?: string;
}

/** A problem of a seed, with its place. */
export interface SeedProblem {
  readonly path: Path;
  readonly message: string;
}

/** Maximum number of problems that a message lists. It counts the others. */
const MAX_LISTED = 50;

/** A seed is invalid. The message lists its problems, each with its path. */
export class SeedError extends Error {
  constructor(
    file: string,
    readonly problems: readonly SeedProblem[],
    options?: ErrorOptions,
  ) {
    const more = problems.length - MAX_LISTED;
    const listed = problems.slice(0, MAX_LISTED).map(({ path, message }) => `  ${placeOf(path)}${message}`);
    const lines = [
      `CONNECT_SEED: ${file} cannot be used. Nothing of it was stored. Correct it, or unset CONNECT_SEED:`,
      ...listed,
      ...(more > 0 ? [`  And ${more} more.`] : []),
    ];
    super(lines.join('\n'), options);
    this.name = 'SeedError';
  }
}

/** Formats a path: instances[0].queues[1].name. */
function placeOf(path: Path): string {
  if (path.length === 0) return '';
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return `${text.replace(/^\./, '')}: `;
}
