import { describe, expect, it } from '@jest/globals';
import { gatewayBefore, openTestAws } from '../../support/aws.js';
import { NOW, openTestEngine, request, SAMPLE } from '../../support/engine.js';
import { startTestGateway } from '../../support/gateway.js';
import { portWith } from '../../support/port.js';
import { noteStatements } from '../../support/statements.js';

const { instanceId, queue } = SAMPLE;
const PAGE = 'query ($ids: [ID!]!) { connectContacts(ids: $ids) { queuePosition estimatedWaitSeconds } }';
const OPEN = `query ($from: DateTime!, $to: DateTime!) {
  searchConnectContacts(filter: { timeRange: { field: INITIATED, from: $from, to: $to } }) { nodes { id queuePosition } }
}`;
const range = { from: new Date(NOW - 1_000).toISOString(), to: new Date(NOW + 60_000).toISOString() };

type Engine = Awaited<ReturnType<typeof openTestEngine>>['engine'];

/** Three tasks that wait in a queue and one that does not. */
async function fill(engine: Engine): Promise<readonly string[]> {
  const ids = [];
  for (let count = 0; count < 4; count++) ids.push((await engine.startTaskContact(request())).contactId);
  for (const contactId of ids.slice(0, 3)) await engine.control('enqueue', { instanceId, contactId, queueId: queue });
  return ids;
}

describe('The place of a contact in its queue', () => {
  it('is read for a page by one statement of the engine', async () => {
    await using test = await openTestEngine();
    const ids = await fill(test.engine);
    const gateway = await startTestGateway({
      now: () => NOW,
      wrap: (engine) => portWith(test.engine, { close: () => engine.close() }),
    });
    try {
      using noted = noteStatements();
      const { data, errors } = await gateway.ask(PAGE, { ids });
      const statements = noted.take();
      expect(errors).toBeUndefined();
      expect(data?.connectContacts).toEqual([
        { queuePosition: 1, estimatedWaitSeconds: null },
        { queuePosition: 2, estimatedWaitSeconds: null },
        { queuePosition: 3, estimatedWaitSeconds: null },
        { queuePosition: null, estimatedWaitSeconds: null },
      ]);
      expect(statements.filter((sql) => sql.includes('row_number'))).toHaveLength(1);
    } finally {
      await gateway.close();
    }
  });

  it('costs a call for each contact that waits before Amazon Connect, for both fields, and none unless it is selected', async () => {
    await using aws = await openTestAws();
    const ids = await fill(aws.wire.test.engine);
    const gateway = await gatewayBefore(aws);
    try {
      aws.calls();
      await gateway.ask(PAGE, { ids });
      expect(aws.calls().filter((name) => name === 'GetContactMetrics')).toHaveLength(3);
      await gateway.ask('query ($ids: [ID!]!) { connectContacts(ids: $ids) { id state } }', { ids });
      expect(aws.calls()).not.toContain('GetContactMetrics');
    } finally {
      await gateway.close();
    }
  });

  it('costs no call for a found contact that waits in no queue', async () => {
    await using aws = await openTestAws();
    const ids = await fill(aws.wire.test.engine);
    const gateway = await gatewayBefore(aws);
    try {
      aws.calls();
      const { data } = await gateway.ask(OPEN, range);
      const { nodes } = (data as { searchConnectContacts: { nodes: { id: string; queuePosition: number }[] } })
        .searchConnectContacts;
      const places = new Map(nodes.map(({ id, queuePosition }) => [id, queuePosition]));
      expect(ids.map((id) => places.get(id))).toEqual([1, 2, 3, null]);
      expect(aws.calls().filter((name) => name === 'GetContactMetrics')).toHaveLength(3);
    } finally {
      await gateway.close();
    }
  });
});
