import { describe, expect, it } from '@jest/globals';
import { openScriptedAws, type Scripted } from '../support/aws.js';
import { startTestGateway } from '../support/gateway.js';
import { portWith } from '../support/port.js';
import { refusal, request, SAMPLE, UNKNOWN_ID } from '../support/engine.js';

const { instanceId } = SAMPLE;

interface Member {
  readonly id: string;
  readonly initial?: string;
  readonly previous?: string;
  readonly related?: string;
  readonly method?: string;
}

/** What ListAssociatedContacts says of some contacts, the first one the oldest. */
function listed(members: readonly Member[], NextToken?: string): Scripted {
  const ContactSummaryList = members.map(({ id, initial, previous, related, method = 'API' }, index) => ({
    ContactId: id,
    ContactArn: `${SAMPLE.instanceArn}/contact/${id}`,
    InitialContactId: initial,
    PreviousContactId: previous,
    RelatedContactId: related,
    InitiationMethod: method,
    InitiationTimestamp: 1_780_000_000 + index,
    Channel: 'TASK',
  }));
  return { status: 200, body: JSON.stringify({ ContactSummaryList, NextToken }) };
}

/** A root and the tasks that follow it. */
function chain(root: string, links: number): Member[] {
  const ids = Array.from({ length: links }, (_, index) => `${root}-${index + 1}`);
  return [{ id: root }, ...ids.map((id, index) => ({ id, initial: root, previous: ids[index - 1] ?? root }))];
}

const full: Scripted = { status: 402, type: 'ServiceQuotaExceededException' };

describe('The chains of some contacts', () => {
  it('come with one listing where they belong to one tree, each without the others', async () => {
    const tree = [...chain('a', 3), { id: 'b', related: 'a-2' }, { id: 'b-1', initial: 'b', previous: 'b' }];
    await using aws = await openScriptedAws(() => listed([...tree].reverse()));
    const chains = await aws.connect.listChains({ instanceId, contactIds: ['a', 'b-1', 'a-3', 'a-1', 'b'] });
    expect(chains.map((one) => one && 'members' in one && [one.id, one.members.length])).toEqual([
      ['a', 4],
      ['b', 2],
      ['a', 4],
      ['a', 4],
      ['b', 2],
    ]);
    expect(aws.requests).toHaveLength(1);
    expect(chains[1]).toMatchObject({ instanceId, members: [{ id: 'b-1' }, { id: 'b', relatedContactId: 'a-2' }] });
  });

  it('are put together from up to five pages, and part of a chain never passes for all of it', async () => {
    let pages = 5;
    await using aws = await openScriptedAws(({ path }) => {
      const page = Number(new URL(path, 'http://x').searchParams.get('nextToken') ?? 1);
      const members = page === 1 ? chain('a', 1) : [{ id: `a-${page}`, initial: 'a', previous: 'a' }];
      return listed(members, page < pages ? String(page + 1) : undefined);
    });
    expect(await aws.connect.listChains({ instanceId, contactIds: ['a'] })).toMatchObject([{ members: { length: 6 } }]);
    expect(aws.requests).toHaveLength(5);
    expect(aws.requests[0]?.path).toContain('maxResults=100');
    pages = 6;
    expect(await aws.connect.listChains({ instanceId, contactIds: ['a', 'a'] })).toMatchObject([
      { code: 'TooLarge', message: expect.stringContaining('more than 500 contacts') },
      { code: 'TooLarge', message: expect.stringContaining('more than 500 contacts') },
    ]);
    expect(aws.requests).toHaveLength(10);
  });

  it('reports a chain that is too large beside the answers for others', async () => {
    await using aws = await openScriptedAws(() => listed(chain('a', 1), 'more'));
    await using gateway = await startTestGateway({
      wrap: (engine) => portWith(aws.connect, { close: () => engine.close() }),
    });
    const { data, errors } = await gateway.ask(
      '{ connectContactChain(contactId: "a") { remaining } connectContact(id: "") { id } }',
    );
    expect(data).toEqual({ connectContactChain: null, connectContact: null });
    expect(errors).toMatchObject([
      { message: expect.stringContaining('more than 500 contacts'), extensions: { code: 'ANSWER_TOO_LARGE' } },
    ]);
  });

  it('lists separate trees at the same time, in widening waves of at most five', async () => {
    const left = [1, 2, 4, 5, 2];
    let [wave, asked] = [Promise.withResolvers<void>(), 0];
    await using aws = await openScriptedAws(async ({ path }) => {
      // No call of a wave is answered before all calls of it have arrived.
      const { promise, resolve } = wave;
      asked += 1;
      if (asked === left[0]) {
        left.shift();
        [wave, asked] = [Promise.withResolvers<void>(), 0];
        resolve();
      }
      await promise;
      return listed(chain(new URL(path, 'http://x').searchParams.get('contactId') ?? '', 1));
    });
    const ids = Array.from({ length: 14 }, (_, index) => `root${index}`);
    const chains = await aws.connect.listChains({ instanceId, contactIds: ids });
    expect(chains).toMatchObject(ids.map((id) => ({ id, members: { length: 2 } })));
    expect(left).toEqual([]);
    expect(aws.requests).toHaveLength(14);
  });

  it('are null for what names nothing, and found by an ARN', async () => {
    await using aws = await openScriptedAws(({ path }) =>
      path.includes(UNKNOWN_ID) ? { status: 404, type: 'ResourceNotFoundException' } : listed(chain('a', 1)),
    );
    const arn = `${SAMPLE.instanceArn}/contact/a-1`;
    expect(await aws.connect.listChains({ instanceId, contactIds: [UNKNOWN_ID, arn] })).toMatchObject([
      null,
      { id: 'a' },
    ]);
  });
});

describe('A full chain', () => {
  const members = chain('a', 12);
  const contacts = 'contacts { name attributes { value } previousContact { name chain { contacts { name } } } }';

  it.each([
    // Its listing; then all of its contacts, and what they share.
    ['by itself', `{ connectContactChain(contactId: "a-7") { ${contacts} } }`, [1, 14]],
    // Its listing, and the contact; then the others, and what they share.
    ['of a contact', `{ connectContact(id: "a-7") { name chain { ${contacts} } } }`, [2, 13]],
    ['of several', `{ connectContacts(ids: ["a-7", "a-3", "a"]) { name chain { ${contacts} } } }`, [4, 11]],
  ])('is read in two waves of calls, %s', async (_what, query, waves) => {
    const left = [...waves];
    let [wave, asked] = [Promise.withResolvers<void>(), 0];
    await using aws = await openScriptedAws(async ({ path }) => {
      // No call of a wave is answered before all calls of it have arrived.
      const { promise, resolve } = wave;
      asked += 1;
      if (asked === left[0]) {
        left.shift();
        [wave, asked] = [Promise.withResolvers<void>(), 0];
        resolve();
      }
      await promise;
      if (path.startsWith('/contact/associated/')) return listed(members);
      if (path.startsWith('/contact/attributes/')) return { status: 200, body: '{"Attributes":{"plan":"gold"}}' };
      const Id = path.split('/').at(-1);
      const { initial, previous } = members.find(({ id }) => id === Id) ?? {};
      const Contact = {
        Id,
        Arn: `${SAMPLE.instanceArn}/contact/${Id}`,
        Name: `Task ${Id}`,
        InitialContactId: initial,
        PreviousContactId: previous,
        Channel: 'TASK',
        InitiationMethod: 'API',
        InitiationTimestamp: 1_780_000_000,
      };
      return { status: 200, body: JSON.stringify({ Contact }) };
    });
    await using gateway = await startTestGateway({
      wrap: (engine) => portWith(aws.connect, { close: () => engine.close() }),
    });
    const { data, errors } = await gateway.ask(query);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain('"name":"Task a-12"');
    expect(left).toEqual([]);
    expect(aws.requests).toHaveLength(15);
  });

  it('returns null for the chain of a contact that does not exist', async () => {
    await using aws = await openScriptedAws(() => ({ status: 404, type: 'ResourceNotFoundException' }));
    await using gateway = await startTestGateway({
      wrap: (engine) => portWith(aws.connect, { close: () => engine.close() }),
    });
    const answer = await gateway.ask('{ connectContact(id: "none") { chain { remaining } } }');
    expect(answer).toEqual({ data: { connectContact: null } });
  });

  it('returns a contact whose chain cannot be listed', async () => {
    await using aws = await openScriptedAws(({ path }) =>
      path.startsWith('/contact/associated/')
        ? { status: 429, type: 'ThrottlingException' }
        : {
            status: 200,
            body: JSON.stringify({
              Contact: {
                Id: 'a-1',
                Arn: `${SAMPLE.instanceArn}/contact/a-1`,
                Name: 'Task',
                InitialContactId: 'a',
                Channel: 'TASK',
                InitiationMethod: 'API',
                InitiationTimestamp: 1_780_000_000,
              },
            }),
          },
    );
    await using gateway = await startTestGateway({
      wrap: (engine) => portWith(aws.connect, { close: () => engine.close() }),
    });
    const { data, errors } = await gateway.ask('{ connectContact(id: "a-1") { name chain { id remaining } } }');
    expect(data).toEqual({ connectContact: { name: 'Task', chain: { id: 'a', remaining: null } } });
    expect(errors).toMatchObject([
      { path: ['connectContact', 'chain', 'remaining'], extensions: { code: 'THROTTLED' } },
    ]);
    expect(aws.requests).toHaveLength(2);
  });
});

describe('A quota that is full', () => {
  async function quotaOf(members: readonly Member[] | undefined, link?: string) {
    await using aws = await openScriptedAws(({ method }) =>
      method === 'PUT' ? full : members ? listed(members) : { status: 429, type: 'ThrottlingException' },
    );
    const fault = await refusal(
      aws.connect.startTaskContact(request(link === undefined ? {} : { previousContactId: link })),
    );
    const { quota, limit } = fault as { quota?: string; limit?: number };
    return { quota, limit, calls: aws.requests.length };
  }

  it("is the chain's where that has its links, whichever member is named; the chain is counted once", async () => {
    expect(await quotaOf(chain('a', 12), 'a-7')).toEqual({ quota: 'CHAIN', limit: 12, calls: 2 });
  });

  it("is the chain's from 11 linked tasks on, without a limit, because the documents of the service disagree", async () => {
    expect(await quotaOf(chain('a', 11), 'a-7')).toEqual({ quota: 'CHAIN', limit: undefined, calls: 2 });
    expect(await quotaOf(chain('a', 10), 'a-7')).toEqual({ quota: 'ACTIVE_TASKS', limit: undefined, calls: 2 });
  });

  it("is the instance's where the chain has room, or where there is no chain", async () => {
    const transferred = [...chain('a', 10), { id: 't', initial: 'a', previous: 'a-10', method: 'TRANSFER' }];
    expect(await quotaOf(transferred, 'a')).toEqual({ quota: 'ACTIVE_TASKS', calls: 2 });
    expect(await quotaOf(chain('a', 12))).toEqual({ quota: 'ACTIVE_TASKS', calls: 1 });
  });

  it('is unknown where the chain cannot be counted', async () => {
    expect(await quotaOf(undefined, 'a')).toEqual({ quota: 'UNKNOWN', calls: 2 });
  });

  it('is that of transfers where the task was transferred as often as it may be', async () => {
    const transfers = Array.from({ length: 11 }, (_, index) => ({
      id: `t-${index + 1}`,
      initial: 'a',
      previous: index === 0 ? 'a' : `t-${index}`,
      method: 'TRANSFER',
    }));
    await using aws = await openScriptedAws(({ method }) =>
      method === 'POST' ? full : listed([{ id: 'a' }, ...transfers]),
    );
    const transfer = { instanceId, contactFlowId: SAMPLE.contactFlow };
    expect(await refusal(aws.connect.transferContact({ ...transfer, contactId: 't-11' }))).toMatchObject({
      quota: 'TRANSFERS',
      limit: 11,
    });
    expect(await refusal(aws.connect.transferContact({ ...transfer, contactId: 't-10' }))).toMatchObject({
      quota: 'UNKNOWN',
    });
  });
});
