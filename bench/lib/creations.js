/** Creations on the embedded engine itself, without HTTP and GraphQL: what the store and the rules cost. */
import { openEmbeddedConnect } from '../../dist/engine/open.js';
import { SAMPLE_INSTANCE_ID } from '../../dist/engine/seed/sample-instance.js';

/** A task as teams create them: two attributes, one reference. */
export const REQUEST = {
  instanceId: SAMPLE_INSTANCE_ID,
  name: 'Call back',
  description: 'The customer asked for a call',
  contactFlowId: '20000000-0000-4000-8000-000000000001',
  attributes: [
    { key: 'customerId', value: 'C-1001' },
    { key: 'tier', value: 'gold' },
  ],
  references: [{ name: 'Order', type: 'URL', value: 'https://example.com/orders/1001' }],
};

/** Opens the engine with a quota that no run fills. */
export function openEngine(databaseUrl) {
  return openEmbeddedConnect({
    databaseUrl,
    quotas: { activeTasks: Number.MAX_SAFE_INTEGER, chainTasks: 12 },
  });
}

/**
 * Creates tasks for some seconds, with some callers that each wait for an answer before they ask again.
 *
 * @returns how many were created, and how many a second
 */
export async function createFor(engine, callers, seconds) {
  const from = performance.now();
  const until = from + seconds * 1000;
  let creations = 0;
  const call = async () => {
    while (performance.now() < until) {
      await engine.startTaskContact(REQUEST);
      creations++;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return { creations, rate: creations / ((performance.now() - from) / 1000) };
}

/**
 * Creates a number of tasks: of each four, one continues the chain of the one before it.
 *
 * @param onProgress receives their number
 */
export async function createMany(engine, count, onProgress) {
  const callers = Math.min(256, count);
  let left = count;
  const call = async () => {
    let previousContactId;
    for (let nth = 0; left > 0; nth++) {
      left--;
      const isLink = nth % 4 === 3 && previousContactId !== undefined;
      const { contactId } = await engine.startTaskContact(isLink ? { ...REQUEST, previousContactId } : REQUEST);
      previousContactId = contactId;
      if ((count - left) % 50_000 === 0) onProgress(count - left);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
}
