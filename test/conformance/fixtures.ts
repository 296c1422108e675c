/** The ids of what an instance holds for the rules to use. What is left out, the rules that need it are not run for. */
export interface Fixtures {
  readonly instanceId: string;
  readonly instanceArn?: string;
  /** A flow of type CONTACT_FLOW, published. */
  readonly contactFlow: string;
  readonly queueTransferFlow?: string;
  readonly agentTransferFlow?: string;
  readonly archivedFlow?: string;
  /** A flow that was saved but never published. */
  readonly unpublishedFlow?: string;
  readonly customerQueueFlow?: string;
  readonly queueQuickConnect?: string;
  readonly userQuickConnect?: string;
  readonly phoneQuickConnect?: string;
  /** A template with a flow, of which only the name is required. */
  readonly template?: string;
  readonly templateWithoutFlow?: string;
  readonly inactiveTemplate?: string;
  /**
   * A template with a required TEXT "Customer", a URL "Callback", a SINGLE_SELECT "Priority" of Low, Normal (the default)
   * and High, and a read-only TEXT "Source" that is "web".
   */
  readonly templateWithFields?: string;
  readonly queue?: string;
  readonly user?: string;
  /** A voice contact that has ended. */
  readonly voiceContact?: string;
}

/** A fixture's setting: CONNECT_CONFORMANCE_CONTACT_FLOW_ID for contactFlow. */
export function settingOf(fixture: string): string {
  const words = fixture.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  return `CONNECT_CONFORMANCE_${words}${/_(ID|ARN)$/.test(words) ? '' : '_ID'}`;
}

/**
 * The fixtures of a real instance, from the environment; undefined where none is named.
 *
 * @throws an Error that names the setting that is missing beside the instance's
 */
export function realFixtures(environment: NodeJS.ProcessEnv): Fixtures | undefined {
  const given = Object.keys(SAMPLE_FIXTURES).flatMap((fixture) => {
    const id = environment[settingOf(fixture)];
    return id ? [[fixture, id] as const] : [];
  });
  const { instanceId, contactFlow, ...others } = Object.fromEntries(given);
  if (instanceId === undefined) return undefined;
  if (contactFlow === undefined) {
    throw new Error(
      `${settingOf('contactFlow')}: name a published flow of type CONTACT_FLOW that keeps a task open, such as one that puts it into a queue without agents.`,
    );
  }
  return { instanceId, contactFlow, ...others };
}

/** The sample instance that a new database of the embedded engine holds. */
export const SAMPLE_FIXTURES = {
  instanceId: '10000000-0000-4000-8000-000000000001',
  instanceArn: 'arn:aws:connect:us-east-1:111122223333:instance/10000000-0000-4000-8000-000000000001',
  contactFlow: '20000000-0000-4000-8000-000000000001',
  queueTransferFlow: '20000000-0000-4000-8000-000000000002',
  agentTransferFlow: '20000000-0000-4000-8000-000000000003',
  archivedFlow: '20000000-0000-4000-8000-000000000004',
  unpublishedFlow: '20000000-0000-4000-8000-000000000005',
  customerQueueFlow: '20000000-0000-4000-8000-000000000006',
  queueQuickConnect: '30000000-0000-4000-8000-000000000001',
  userQuickConnect: '30000000-0000-4000-8000-000000000002',
  phoneQuickConnect: '30000000-0000-4000-8000-000000000003',
  template: '40000000-0000-4000-8000-000000000001',
  templateWithoutFlow: '40000000-0000-4000-8000-000000000002',
  inactiveTemplate: '40000000-0000-4000-8000-000000000003',
  templateWithFields: '40000000-0000-4000-8000-000000000004',
  queue: '60000000-0000-4000-8000-000000000001',
  user: '70000000-0000-4000-8000-000000000001',
  voiceContact: '50000000-0000-4000-8000-000000000001',
} as const satisfies Required<Fixtures>;
