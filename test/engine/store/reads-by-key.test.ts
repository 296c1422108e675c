import { expect, it } from '@jest/globals';
import { openTestEngine, SAMPLE } from '../../support/engine.js';
import { noteStatements } from '../../support/statements.js';

it('Reads of contacts, chains and attributes go to the rows by their keys, and never through all contacts of an instance', async () => {
  await using test = await openTestEngine();
  const root = await test.start({ attributes: [{ key: 'k', value: 'v' }] });
  const ids = [root, await test.start({ previousContactId: root })];
  using statements = noteStatements();
  await test.engine.describeContacts({ instanceId: SAMPLE.instanceId, contactIds: ids });
  await test.engine.listChains({ instanceId: SAMPLE.instanceId, contactIds: ids });
  await test.engine.getAttributes({ instanceId: SAMPLE.instanceId, contactIds: ids });
  const ways = statements
    .take()
    .map((sql) => test.rows(`explain query plan ${sql}`).map(({ detail }) => String(detail)))
    .map((details) => details.filter((detail) => /^(SCAN|SEARCH) (contact|asked|chain)\b/.test(detail)));
  const byId = 'SEARCH contact USING INDEX sqlite_autoindex_contact_1 (instanceId=? AND id=?)';
  expect(ways).toEqual([
    [byId],
    [
      'SEARCH contact USING INDEX contactByChain (instanceId=? AND chainId=?)',
      'SEARCH asked USING INDEX sqlite_autoindex_contact_1 (instanceId=? AND id=?)',
    ],
    [byId, 'SEARCH chain USING INDEX sqlite_autoindex_chain_1 (instanceId=? AND id=?)'],
  ]);
});
