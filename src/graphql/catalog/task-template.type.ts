import { ArgsType, Directive, Field, ID, ObjectType } from 'type-graphql';
import type { TaskTemplate } from '../../connect/task-template.js';
import { connectionOf } from '../connection/connection-of.js';
import type { GatewayContext } from '../context.js';
import { type Known, Lazy } from '../loading/lazy.js';
import type { LoaderKey } from '../loading/loader.js';
import { membersReportedBy, Reads } from '../loading/reads.js';
import { ConnectTaskTemplateStatus } from '../values/enums.js';
import { ConnectContactFlow } from './contact-flow.type.js';

/** A field of a task template. */
@ObjectType({ description: 'A field of a task template: everything a form needs to show and validate it.' })
export class ConnectTaskTemplateField {
  @Field(() => String, {
    description:
      "The field's name. For the types NAME, DESCRIPTION and SCHEDULED_TIME the value is a member of the input; for others it is a reference of this name. Source: GetTaskTemplate, Fields, Id.",
  })
  name!: string;

  @Field(() => String, {
    description:
      'NAME, DESCRIPTION, SCHEDULED_TIME, QUICK_CONNECT, URL, NUMBER, TEXT, TEXT_AREA, DATE_TIME, BOOLEAN, SINGLE_SELECT, EMAIL and others. A string, because Amazon Connect may add types. Source: GetTaskTemplate, Fields, Type.',
  })
  type!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What the field expects, as stated by the author of the template. Source: GetTaskTemplate, Fields, Description.',
  })
  description?: string | null;

  @Field(() => Boolean, {
    description: 'Whether a task needs a value for it. Source: GetTaskTemplate, Constraints, RequiredFields.',
  })
  required!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the value must be the default. Source: GetTaskTemplate, Constraints, ReadOnlyFields.',
  })
  readOnly!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether it is hidden from agents. Values and defaults are stored anyway. Source: GetTaskTemplate, Constraints, InvisibleFields.',
  })
  invisible!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The default value. Null if it has none. Source: GetTaskTemplate, Defaults.',
  })
  defaultValue?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'The choices of a SINGLE_SELECT. Null for other types. Source: GetTaskTemplate, Fields, SingleSelectOptions.',
  })
  options?: readonly string[] | null;
}

/** A task template: a reference that knows what a list reports. */
@ObjectType({ description: 'A task template: the fields of a task, and the flow that runs for it.' })
@Directive('@key(fields: "instanceId id")')
export class ConnectTaskTemplate {
  @Field(() => ID, {
    description:
      "The template's id, for taskTemplateId of a flow source. Source: ListTaskTemplates or GetTaskTemplate, Id.",
  })
  readonly id: string;

  @Field(() => ID, {
    description: 'The instance that the template belongs to. Source: the request; an alias is resolved to its id.',
  })
  readonly instanceId: string;

  readonly #context: GatewayContext;

  readonly #template: Lazy<TaskTemplate>;

  constructor(context: GatewayContext, instanceId: string, id: string, known: Known<TaskTemplate> = {}) {
    this.#context = context;
    this.instanceId = instanceId;
    this.id = id;
    // A list reports no fields, and no description that is absent.
    const reported = 'fields' in known ? membersReportedBy(ConnectTaskTemplate, 'GetTaskTemplate') : undefined;
    this.#template = new Lazy(context.loaders.taskTemplates, { instanceId, id }, known, reported);
  }

  /** Resolves references of other subgraphs. Null for an entity that does not exist. */
  static resolveReferences(context: GatewayContext, keys: readonly LoaderKey[]) {
    return context.loaders.taskTemplates.loadAll(
      keys,
      (thing, { instanceId, id }) => new ConnectTaskTemplate(context, instanceId, id, thing),
    );
  }

  @Field(() => String, {
    nullable: true,
    description: 'The Amazon Resource Name. Source: ListTaskTemplates or GetTaskTemplate, Arn.',
  })
  @Reads('GetTaskTemplate', { reportedBy: ['ListTaskTemplates', 'DescribeContact'] })
  arn() {
    return this.#template.get('arn');
  }

  @Field(() => String, {
    nullable: true,
    description: 'The name, to show in a list. Source: ListTaskTemplates or GetTaskTemplate, Name.',
  })
  @Reads('GetTaskTemplate', { reportedBy: ['ListTaskTemplates', 'DescribeContact'] })
  name() {
    return this.#template.get('name');
  }

  @Field(() => String, {
    nullable: true,
    description: 'What the template is for. Source: ListTaskTemplates or GetTaskTemplate, Description.',
  })
  @Reads('GetTaskTemplate')
  description() {
    return this.#template.get('description');
  }

  @Field(() => ConnectTaskTemplateStatus, {
    nullable: true,
    description: 'Whether tasks can be created from it. Source: ListTaskTemplates or GetTaskTemplate, Status.',
  })
  @Reads('GetTaskTemplate', { reportedBy: ['ListTaskTemplates'] })
  status() {
    return this.#template.get('status');
  }

  @Field(() => ConnectContactFlow, {
    nullable: true,
    description:
      'The flow that runs for its tasks. Without one (null), no task can be created from it. Source: GetTaskTemplate, ContactFlowId.',
  })
  @Reads('GetTaskTemplate', { id: 'contactFlowId' })
  contactFlow() {
    return this.#template.get(
      'contactFlowId',
      (id) => id && new ConnectContactFlow(this.#context, this.instanceId, id),
    );
  }

  @Field(() => [ConnectTaskTemplateField], {
    nullable: true,
    description: 'The fields, in the order of the form. Source: GetTaskTemplate, Fields.',
  })
  @Reads('GetTaskTemplate')
  fields() {
    return this.#template.get('fields');
  }
}

/** A page of templates. */
@ObjectType({ description: "A page of an instance's task templates, by name." })
export class ConnectTaskTemplateConnection extends connectionOf(ConnectTaskTemplate, {
  one: 'task template',
  many: 'task templates',
}) {}

/** Arguments of a query for one template. */
@ArgsType()
export class TaskTemplateArgs {
  @Field(() => ID, { description: "The template's id." })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID.',
  })
  instanceId?: string | null;
}
