import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connect } from '../../../src/connect/connect.js';
import { ThrottlingError } from '../../../src/connect/errors.js';
import type { User } from '../../../src/connect/user.js';
import { describedByList } from '../../../src/policies/around-port/described-by-list.js';
import { refusal, SAMPLE } from '../../support/engine.js';
import { PortCalls, portWith } from '../../support/port.js';

const { instanceId } = SAMPLE;

function userOf(index: number): User {
  const id = `user-${index}`;
  return { instanceId, id, arn: `arn:aws:connect:us-east-1:111122223333:instance/i/agent/${id}`, username: id };
}

/** A port with some users, and the calls that reach it. */
function portOf(count: number, failing = false) {
  const users = Array.from({ length: count }, (_, index) => userOf(index));
  const calls = new PortCalls();
  const port = portWith({} as Connect, {
    async listUsers({ maxResults = 100, nextToken = '0' }) {
      if (failing) throw new ThrottlingError(500);
      const start = Number(nextToken);
      const items = users.slice(start, start + maxResults);
      const next = start + items.length;
      return next < users.length ? { items, nextToken: String(next) } : { items };
    },
    async describeUsers({ userIds }) {
      return userIds.map((id) => users.find((user) => user.id === id) ?? null);
    },
  });
  return { users, calls, connect: describedByList(calls.wrap(port)) };
}

const idsOf = (users: readonly User[]) => users.map(({ id }) => id);

describe('Users that are read by their ids before a real instance', () => {
  it('are described one by one up to 5 ids, however often each is named', async () => {
    const { connect, calls, users } = portOf(10);
    const userIds = [...idsOf(users.slice(0, 5)), 'user-0', 'user-4'];
    const answers = await connect.describeUsers({ instanceId, userIds });
    expect(answers).toEqual([...users.slice(0, 5), users[0], users[4]]);
    expect(calls.take()).toEqual([{ method: 'describeUsers', ids: 7 }]);
  });

  it('are found in the list from 6 ids, by id or ARN; those that the list lacks do not exist', async () => {
    const { connect, calls, users } = portOf(1_500);
    const byArn = users[1_400] as User;
    const userIds = ['unknown', byArn.arn, ...idsOf(users.slice(0, 5))];
    expect(await connect.describeUsers({ instanceId, userIds })).toEqual([null, byArn, ...users.slice(0, 5)]);
    expect(calls.takeMethods()).toEqual(['listUsers', 'listUsers']);
  });

  it('are described where a list has more than 5 pages of 1,000', async () => {
    const { connect, calls, users } = portOf(5_002);
    const userIds = idsOf(users.slice(-4));
    const others = idsOf(users.slice(0, 3));
    expect(await connect.describeUsers({ instanceId, userIds: [...userIds, ...others] })).toEqual([
      ...users.slice(-4),
      ...users.slice(0, 3),
    ]);
    expect(calls.take()).toEqual([
      ...Array.from({ length: 5 }, () => ({ method: 'listUsers', ids: 0 })),
      { method: 'describeUsers', ids: 2 },
    ]);
  });

  it('take no more pages than the ids need', async () => {
    const { connect, calls, users } = portOf(4_000);
    await connect.describeUsers({ instanceId, userIds: idsOf(users.slice(0, 100)) });
    expect(calls.takeMethods()).toEqual(['listUsers']);
  });

  it('fail with the list, because a call for each id would meet the same limit', async () => {
    const { connect, calls, users } = portOf(10, true);
    const reading = connect.describeUsers({ instanceId, userIds: idsOf(users) });
    expect(await refusal(reading)).toMatchObject({ code: 'ThrottlingException' });
    expect(calls.takeMethods()).toEqual(['listUsers']);
  });

  it('are answered in the order of the ids, whatever the number of users and ids', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 12 }),
        fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 20 }),
        async (count, indices) => {
          const { connect, users } = portOf(count);
          const userIds = indices.map((index) => `user-${index}`);
          const answers = await connect.describeUsers({ instanceId, userIds });
          expect(answers).toEqual(indices.map((index) => users[index] ?? null));
        },
      ),
    );
  });
});
