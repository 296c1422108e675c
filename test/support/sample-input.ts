import type { Attribute, Reference } from '../../src/connect/contact.js';
import type { StartTaskContactRequest } from '../../src/connect/start-task-contact.js';
import type { Path } from '../../src/connect/violation.js';
import { Conforms, ConformsInside } from '../../src/validation/conforms.js';
import { startTaskContactRules as rules } from '../../src/validation/requests/start-task-contact.js';

class SampleFlow {
  @Conforms(rules.contactFlowId)
  contactFlowId?: string | null;

  @Conforms(rules.quickConnectId)
  quickConnectId?: string | null;

  @Conforms(rules.taskTemplateId)
  taskTemplateId?: string | null;
}

class SampleLink {
  @Conforms(rules.previousContactId)
  previousContactId?: string | null;

  @Conforms(rules.relatedContactId)
  relatedContactId?: string | null;
}

/** An input as the GraphQL room might have it: the members of a request, some of them in nested objects. */
export class SampleInput {
  @Conforms(rules.instanceId)
  instanceId?: string | null;

  @Conforms(rules.name)
  name!: string;

  @Conforms(rules.description)
  description?: string | null;

  @ConformsInside()
  flow!: SampleFlow;

  @ConformsInside()
  link?: SampleLink | null;

  @Conforms(rules.attributes)
  attributes?: readonly Attribute[] | null;

  @Conforms(rules.references)
  references?: readonly Reference[] | null;

  @Conforms(rules.clientToken)
  clientToken?: string | null;

  @Conforms(rules.expiryMinutes)
  expiryMinutes?: number | null;

  scheduledTime?: Date | null;
}

/** The input that says what a request says. What is absent is null, or undefined, as the second argument has it. */
export function sampleInput(
  request: Partial<StartTaskContactRequest>,
  absent: null | undefined = undefined,
): SampleInput {
  const { contactFlowId, quickConnectId, taskTemplateId, previousContactId, relatedContactId, ...own } = request;
  const flow = { contactFlowId, quickConnectId, taskTemplateId };
  const link = { previousContactId, relatedContactId };
  const linked = previousContactId !== undefined || relatedContactId !== undefined;
  return Object.assign(new SampleInput(), { description: absent, attributes: absent, references: absent }, own, {
    flow: Object.assign(new SampleFlow(), filled(flow, absent)),
    link: linked ? Object.assign(new SampleLink(), filled(link, absent)) : absent,
  });
}

function filled(members: Record<string, string | undefined>, absent: null | undefined) {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, value ?? absent]));
}

/** The path in the request of a path in the sample input: the nested objects left out. */
export function withoutNesting(path: Path): Path {
  return path[0] === 'flow' || path[0] === 'link' ? path.slice(1) : path;
}
