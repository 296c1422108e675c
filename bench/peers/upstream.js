/**
 * Amazon Connect as far as the workloads need it, from memory: it validates nothing, so that its callers are measured. One chain of 12; GET /__count reports the calls so far.
 *
 *   PORT=4900 DELAY_MS=0 node peers/upstream.js
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { CHAIN, CHAIN_ATTRIBUTES, INSTANCE_ID } from '../lib/content.js';

const { PORT = '4900', DELAY_MS = '0' } = process.env;
const delay = Number(DELAY_MS);
const known = new Map(CHAIN.map((contact) => [contact.id, contact]));
let count = 0;

const json = (value) => JSON.stringify(value);
const describe = ({ id, name, previousContactId }) => ({
  Contact: {
    Arn: `arn:aws:connect:eu-west-1:123456789012:instance/${INSTANCE_ID}/contact/${id}`,
    Id: id,
    Name: name,
    Description: 'Customer asked',
    InitialContactId: CHAIN[0].id,
    ContactAssociationId: CHAIN[0].id,
    PreviousContactId: previousContactId,
    InitiationMethod: 'API',
    Channel: 'TASK',
    InitiationTimestamp: 1_700_000_000,
    LastUpdateTimestamp: 1_700_000_000,
  },
});
const SUMMARIES = json({
  ContactSummaryList: CHAIN.map(({ id, previousContactId }, index) => ({
    ContactId: id,
    ContactArn: `arn:aws:connect:eu-west-1:123456789012:instance/${INSTANCE_ID}/contact/${id}`,
    InitiationTimestamp: 1_700_000_000 + index,
    InitialContactId: CHAIN[0].id,
    PreviousContactId: previousContactId,
    InitiationMethod: 'API',
    Channel: 'TASK',
  })),
});
const ATTRIBUTES = json({ Attributes: CHAIN_ATTRIBUTES });
const DESCRIPTIONS = new Map(CHAIN.map((contact) => [contact.id, json(describe(contact))]));

/** What is asked, by method and path. undefined: nothing that is here. */
function answer(method, path) {
  if (method === 'PUT' && path === '/contact/task') return json({ ContactId: randomUUID() });
  const [, first, second, third, fourth] = path.split('/');
  if (first === 'contacts' && third) return DESCRIPTIONS.get(third);
  if (first === 'contact' && second === 'associated') return SUMMARIES;
  if (first === 'contact' && second === 'attributes' && known.has(fourth)) return ATTRIBUTES;
  return undefined;
}

const server = createServer((request, response) => {
  const [path] = request.url.split('?');
  if (path === '/__count') return response.end(String(count));
  count++;
  request.resume();
  request.once('end', () => {
    const text = answer(request.method, path) ?? json({ Message: 'Not found' });
    const send = () => {
      response.writeHead(text.startsWith('{"Message"') ? 404 : 200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    };
    if (delay > 0) setTimeout(send, delay);
    else send();
  });
});
server.keepAliveTimeout = 65_000;
server.listen(Number(PORT), '127.0.0.1');
