import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import { buildSubgraph } from '../../../src/graphql/schema.js';
import { estimateCalls } from '../../../src/pipeline/upstream-calls/estimate.js';
import { gatewayBefore, openTestAws, type TestAws } from '../../support/aws.js';
import { createdId } from '../../support/create-task-contact.js';
import { HOUR, NOW } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { operationText, operationVariables, runOperation } from '../../support/operations.js';
import { noteStatements } from '../../support/statements.js';

const { schema } = await buildSubgraph();

/** What an operation costs: SQL statements of the embedded engine, and calls of the AWS adapter by their operations. */
type Cost = readonly [statements: number, calls: Readonly<Record<string, number>>];

/**
 * What each ready operation costs, on a full chain of 12 tasks where it reads one. A count that grows is a regression: a
 * read that no selected field needs, a thing that is read twice, a read for each item where one would do.
 *
 * The statements of a change are those of a batch, which any number of callers share: begin, clock, rows, writes, maintenance,
 * commit.
 */
const COSTS: Readonly<Record<string, Cost>> = {
  'contact-by-id': [2, { DescribeContact: 1, ListContactReferences: 1, GetContactAttributes: 1 }],
  // Names, states and actions take a DescribeContact for each of the 13 contacts: Connect has no call for several.
  'contact-chain': [2, { ListAssociatedContacts: 1, GetContactAttributes: 1, DescribeContact: 13 }],
  'contacts-by-ids': [2, { DescribeContact: 2, GetContactAttributes: 1 }],
  'continue-chain': [
    18,
    { StartTaskContact: 1, DescribeContact: 2, ListAssociatedContacts: 1, GetContactAttributes: 1 },
  ],
  'create-with-contact-flow': [13, { StartTaskContact: 1, DescribeContact: 1 }],
  'create-with-quick-connect': [14, { StartTaskContact: 1, DescribeContact: 1 }],
  'create-with-required-fields': [14, { StartTaskContact: 1, DescribeContact: 1, ListContactReferences: 1 }],
  'create-with-task-template': [14, { StartTaskContact: 1, DescribeContact: 1, ListContactReferences: 1 }],
  entities: [4, { DescribeContact: 2, ListAssociatedContacts: 1, GetTaskTemplate: 1, GetContactAttributes: 1 }],
  'pause-task': [14, { PauseContact: 1, DescribeContact: 1 }],
  pickers: [5, { ListContactFlows: 1, ListQuickConnects: 1, ListTaskTemplates: 1, ListQueues: 1, ListUsers: 1 }],
  'refused-input': [0, {}],
  'reschedule-task': [14, { UpdateContactSchedule: 1, DescribeContact: 1 }],
  'resume-task': [14, { ResumeContact: 1, DescribeContact: 1 }],
  'schedule-task': [13, { StartTaskContact: 1, DescribeContact: 1 }],
  // A search reports no states.
  'search-contacts': [3, { SearchContacts: 1, DescribeContact: 13 }],
  'open-tasks-of-queue': [2, { SearchContacts: 1 }],
  'my-open-tasks': [2, { SearchContacts: 1 }],
  'unassigned-tasks': [2, { SearchContacts: 1 }],
  'tasks-of-customer': [2, { SearchContacts: 1 }],
  'stop-task': [14, { StopContact: 1, DescribeContact: 1 }],
  'tag-task': [14, { TagContact: 1, DescribeContact: 1 }],
  'task-page': [
    2,
    { DescribeContact: 13, ListContactReferences: 1, ListAssociatedContacts: 1, GetContactAttributes: 1 },
  ],
  'task-template-form': [2, { GetTaskTemplate: 1, DescribeContactFlow: 1 }],
  'transfer-task': [18, { TransferContact: 1, DescribeContact: 2 }],
  'untag-task': [14, { UntagContact: 1, DescribeContact: 1 }],
  'update-shared-attributes': [16, { UpdateContactAttributes: 1, DescribeContact: 1, GetContactAttributes: 1 }],
  'update-task': [14, { UpdateContact: 1, DescribeContact: 1, ListContactReferences: 1 }],
};

/** The queries and mutations: a subscription is a stream, which costs nothing until a change. */
const operations = readdirSync('schema/operations')
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.slice(0, -'.graphql'.length))
  .filter((name) => typeOf(name) !== 'subscription');

const LINKED = 'In the chain';

/** A gateway, and a full chain in it. */
interface Graph {
  readonly gateway: TestGateway;
  readonly lastOfChain: string;
}

let aws: TestAws;
let embedded: Graph;
let before: Graph;
beforeAll(async () => {
  aws = await openTestAws();
  embedded = await filled(await startTestGateway({ now: () => NOW }));
  before = await filled(await gatewayBefore(aws));
  // The engine reads the ARN of its instance once, for the first caller.
  await run('task-template-form', embedded, await variablesOf('task-template-form', embedded));
});
afterAll(async () => {
  await Promise.all([embedded.gateway.close(), before.gateway.close()]);
  await aws[Symbol.asyncDispose]();
});

async function filled(gateway: TestGateway): Promise<Graph> {
  let lastOfChain = await createdId(gateway, { name: LINKED });
  for (let link = 0; link < 12; link++) {
    lastOfChain = await createdId(gateway, { name: LINKED, link: { previousContactId: lastOfChain } });
  }
  return { gateway, lastOfChain };
}

/** The variables that an operation is written with; what it reads is of the chain, what it changes a task of its own. */
async function variablesOf(name: string, { gateway, lastOfChain }: Graph): Promise<object> {
  const written = operationVariables<Record<string, unknown>>(name, NOW);
  const input = written.input as { readonly contactId?: string } | undefined;
  if (input?.contactId !== undefined) {
    const scheduledTime = new Date(NOW + HOUR).toISOString();
    const contactId = await createdId(gateway, name === 'reschedule-task' ? { scheduledTime } : {});
    if (name === 'resume-task') await runOperation(gateway, 'pause-task', { input: { contactId } });
    return { input: { ...input, contactId } };
  }
  if (name === 'search-contacts') return { ...written, filter: { ...(written.filter as object), name: LINKED } };
  if (name === 'contact-chain') return { contactId: lastOfChain };
  return name === 'contact-by-id' || name === 'task-page' ? { id: lastOfChain } : written;
}

/** Runs an operation that must succeed. */
async function run(name: string, graph: Graph, variables: object): Promise<void> {
  const { data, errors } = await runOperation<Record<string, { readonly errors?: readonly unknown[] } | null>>(
    graph.gateway,
    name,
    variables,
  );
  expect(errors).toBeUndefined();
  if (name === 'refused-input') return;
  for (const field of Object.values(data ?? {})) expect([null, field?.errors ?? []]).toEqual([null, []]);
}

function typeOf(name: string): string {
  const [operation] = parse(operationText(name)).definitions as [OperationDefinitionNode];
  return operation.operation;
}

/** What an operation is estimated to cost with the AWS adapter. */
function estimateOf(name: string, variables: object): number {
  const document = parse(operationText(name));
  const [operation] = document.definitions as [OperationDefinitionNode];
  return estimateCalls({ schema, document, operation, variables: variables as never }, { chainSize: 13 }, 1_000);
}

describe('What each ready operation costs', () => {
  it.each(operations)('%s', async (name) => {
    const [here, there] = [await variablesOf(name, embedded), await variablesOf(name, before)];
    using statements = noteStatements();
    await run(name, embedded, here);
    const count = statements.take().length;
    aws.calls();
    await run(name, before, there);
    const calls = Object.fromEntries(
      [...Map.groupBy(aws.calls(), (call) => call)].map(([call, all]) => [call, all.length]),
    );
    expect([count, calls]).toEqual(COSTS[name]);
    // What is estimated before is no less, and at most twice that.
    const made = Object.values(calls).reduce((sum, of) => sum + of, 0);
    expect(estimateOf(name, there)).toBeGreaterThanOrEqual(made);
    if (made > 0) expect(estimateOf(name, there)).toBeLessThanOrEqual(2 * made);
  });

  it('is stated here for each of them', () => {
    expect(Object.keys(COSTS).sort()).toEqual(operations);
  });
});
