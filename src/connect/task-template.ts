/** The types that a task template's field may have (service model, TaskTemplateFieldType). */
export const TASK_TEMPLATE_FIELD_TYPES = [
  'NAME',
  'DESCRIPTION',
  'SCHEDULED_TIME',
  'QUICK_CONNECT',
  'URL',
  'NUMBER',
  'TEXT',
  'TEXT_AREA',
  'DATE_TIME',
  'BOOLEAN',
  'SINGLE_SELECT',
  'EMAIL',
  'SELF_ASSIGN',
  'EXPIRY_DURATION',
] as const;

/** One of {@link TASK_TEMPLATE_FIELD_TYPES}. */
export type TaskTemplateFieldType = (typeof TASK_TEMPLATE_FIELD_TYPES)[number];

/** A field of a task template, with the template's constraints and defaults for it. */
export interface TaskTemplateField {
  readonly name: string;
  readonly type: TaskTemplateFieldType;
  readonly description?: string;
  readonly required: boolean;
  readonly readOnly: boolean;
  /** Affects display only: an invisible field keeps its value and default. */
  readonly invisible: boolean;
  readonly defaultValue?: string;
  /** The options of a SINGLE_SELECT field. */
  readonly options?: readonly string[];
}

/** The statuses of a template. Only an ACTIVE template can create tasks. */
export const TASK_TEMPLATE_STATUSES = ['ACTIVE', 'INACTIVE'] as const;

/** One of {@link TASK_TEMPLATE_STATUSES}. */
export type TaskTemplateStatus = (typeof TASK_TEMPLATE_STATUSES)[number];

/** A template, as ListTaskTemplates returns it. */
export interface TaskTemplateSummary {
  readonly instanceId: string;
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  readonly status: TaskTemplateStatus;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
}

/** A template, as GetTaskTemplate returns it. */
export interface TaskTemplate extends TaskTemplateSummary {
  readonly contactFlowId?: string;
  readonly selfAssignFlowId?: string;
  readonly fields: readonly TaskTemplateField[];
}

/** A request of GetTaskTemplate for one version of a template. */
export interface GetTaskTemplateRequest {
  readonly instanceId: string;
  readonly taskTemplateId: string;
  /** The version's name. The embedded engine counts from 1, and adds 1 with each change. */
  readonly snapshotVersion: string;
}

/** A request of CreateTaskTemplate. */
export interface CreateTaskTemplateRequest {
  readonly instanceId: string;
  readonly name: string;
  readonly description?: string;
  /** Required unless there is a field of type QUICK_CONNECT. */
  readonly contactFlowId?: string;
  /** The flow for tasks that their creators assign to themselves. */
  readonly selfAssignFlowId?: string;
  /** Default: ACTIVE. */
  readonly status?: TaskTemplateStatus;
  readonly fields: readonly TaskTemplateField[];
  /** Same token and same request: same template. Default, and for an empty token: no deduplication. */
  readonly clientToken?: string;
}

/** The answer of CreateTaskTemplate. */
export interface CreateTaskTemplateResult {
  readonly id: string;
  readonly arn: string;
}
