/** The types that a task template's field may have (service model, TaskTemplateFieldType). */
export type TaskTemplateFieldType =
  | 'NAME'
  | 'DESCRIPTION'
  | 'SCHEDULED_TIME'
  | 'QUICK_CONNECT'
  | 'URL'
  | 'NUMBER'
  | 'TEXT'
  | 'TEXT_AREA'
  | 'DATE_TIME'
  | 'BOOLEAN'
  | 'SINGLE_SELECT'
  | 'EMAIL'
  | 'SELF_ASSIGN'
  | 'EXPIRY_DURATION';

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
