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

/** A field of a task template, with the template's constraints and defaults gathered on it. */
export interface TaskTemplateField {
  readonly name: string;
  readonly type: TaskTemplateFieldType;
  readonly description?: string;
  readonly required: boolean;
  readonly readOnly: boolean;
  /** For display only: values and defaults are kept all the same. */
  readonly invisible: boolean;
  readonly defaultValue?: string;
  /** The choices of a SINGLE_SELECT. */
  readonly options?: readonly string[];
}

/** Whether tasks can be made from a template. */
export const TASK_TEMPLATE_STATUSES = ['ACTIVE', 'INACTIVE'] as const;

/** One of {@link TASK_TEMPLATE_STATUSES}. */
export type TaskTemplateStatus = (typeof TASK_TEMPLATE_STATUSES)[number];

/** What ListTaskTemplates tells of a template. */
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

/** What GetTaskTemplate tells. */
export interface TaskTemplate extends TaskTemplateSummary {
  readonly contactFlowId?: string;
  readonly selfAssignFlowId?: string;
  readonly fields: readonly TaskTemplateField[];
}

/** A request of GetTaskTemplate for a template as it was at some time. */
export interface GetTaskTemplateRequest {
  readonly instanceId: string;
  readonly taskTemplateId: string;
  /** A name that the service gave a version; the engine counts: 1 as it was made, and one more with each change. */
  readonly snapshotVersion: string;
}

/** A request of CreateTaskTemplate. */
export interface CreateTaskTemplateRequest {
  readonly instanceId: string;
  readonly name: string;
  readonly description?: string;
  /** Demanded unless there is a field of type QUICK_CONNECT. */
  readonly contactFlowId?: string;
  /** The flow for tasks that their creators assign to themselves. */
  readonly selfAssignFlowId?: string;
  /** Omitted: ACTIVE. */
  readonly status?: TaskTemplateStatus;
  readonly fields: readonly TaskTemplateField[];
  /** Same token and same request: same template. Omitted or empty: nothing is deduplicated. */
  readonly clientToken?: string;
}

/** What CreateTaskTemplate answers. */
export interface CreateTaskTemplateResult {
  readonly id: string;
  readonly arn: string;
}
