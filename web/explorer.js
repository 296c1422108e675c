import { createFetcher } from './fetcher.js';
import { NOTHING_KNOWN, withCreated } from './known-contacts.js';
import { recall, remember } from './memory.js';
import { observable } from './observable.js';
import { taskFor } from './prepare.js';
import { readyOperation } from './ready-operations.js';
import { resolveRelativeTimes } from './relative-times.js';

const KNOWN = 'knownContacts';

/** What to do about a schema that did not arrive; null if it did. */
export const advice = observable(null);

/** The result of the introspection, with what federation adds. */
export const introspection = observable(null);

/** The last result and its operation; null before the first. */
export const lastRun = observable(null);

/** The contacts that this page created. */
export const known = observable(recall(KNOWN) ?? NOTHING_KNOWN);

/** An id that was replaced in the variables of the operation that runs: `{ from, to }`. */
export const replacedId = observable(null);

function record(result) {
  const next = withCreated(known.get(), result);
  if (next === known.get()) return;
  known.set(next);
  remember(KNOWN, next);
}

async function prepare(operation) {
  const recordedSend = async (sent) => {
    const result = await send(sent);
    record(result);
    return result;
  };
  const ready = (name) => {
    const { title, query, variables } = readyOperation(name);
    return { query, operationName: title, variables: JSON.parse(resolveRelativeTimes(variables)) };
  };
  const id = await taskFor(operation, { known: known.get(), send: recordedSend, ready });
  const from = operation.variables?.input?.contactId;
  if (id === undefined || id === from) return operation;
  replacedId.set({ from, to: id });
  return {
    ...operation,
    variables: { ...operation.variables, input: { ...operation.variables.input, contactId: id } },
  };
}

/** GraphiQL's fetcher, and what the plugins send by. The page's own path has the prefix of a proxy, if there is one. */
export const { fetcher, send, follow } = createFetcher(location.pathname, {
  onSchema(text, result) {
    advice.set(text);
    introspection.set(result);
  },
  onResult(result, operation) {
    record(result);
    lastRun.set({ result, operation });
  },
  prepare,
});
