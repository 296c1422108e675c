/**
 * Creates a task that follows up a call, and prints the chain that it joins.
 *
 *     npm start                     # in another terminal
 *     npm run example:client
 */
import { type Client, createClient } from './client.ts';
import { ChainDocument, type ConnectFlowSourceInput, CreateTaskDocument } from './generated.ts';

/** Ids of the sample instance; README lists them. */
const FLOW = '20000000-0000-4000-8000-000000000001';
const CALL = '50000000-0000-4000-8000-000000000001';

const [url = 'http://127.0.0.1:4000/graphql', previousContactId = CALL] = process.argv.slice(2);
const client = createClient(url);

try {
  const id = await createTask(client, 'Call Ana Silva back', { contactFlowId: FLOW }, previousContactId);
  if (id !== undefined) await printChain(client, id);
} catch (error) {
  const { message, cause } = error as Error;
  // fetch reports every failure of the network as "fetch failed", with the reason as its cause.
  console.error(
    cause
      ? `No gateway answers at ${url} (${(cause as Error).message}). Start it: npm start. It is at another address? npm run example:client -- URL`
      : message,
  );
  process.exitCode = 1;
}

/** Creates a task; what Connect or a rule has against it is printed. */
async function createTask(
  { run }: Client,
  name: string,
  flow: ConnectFlowSourceInput,
  previousContactId: string,
): Promise<string | undefined> {
  const { createTaskContact } = await run(CreateTaskDocument, {
    input: { name, flow, link: { previousContactId }, attributes: [{ key: 'customerId', value: 'C-1001' }] },
  });
  for (const { code, message, path } of createTaskContact.errors) {
    console.error(`${code} at ${path?.join('.') ?? 'the request'}: ${message}`);
    process.exitCode = 1;
  }
  return createTaskContact.contact?.id;
}

/** Prints a chain: how full it is, its attributes, and its contacts in order of time. */
async function printChain({ run }: Client, contactId: string): Promise<void> {
  const { connectContactChain: chain } = await run(ChainDocument, { contactId });
  if (chain === null) throw new Error(`Expected a chain of contact ${contactId}, but got none`);
  console.log(`Chain ${chain.id}: ${chain.linkedTaskCount} of ${chain.linkedTaskLimit} linked tasks`);
  for (const { key, value } of chain.sharedAttributes ?? []) console.log(`  ${key} = ${value}`);
  for (const contact of chain.contacts ?? []) {
    // One that could not be read is null; the others are there all the same.
    if (contact === null) continue;
    const mark = contact.id === contactId ? '*' : '-';
    console.log(`  ${mark} ${contact.channel} ${contact.state} ${contact.name ?? ''}`.trimEnd());
  }
}
