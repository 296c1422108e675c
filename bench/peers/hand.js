/**
 * A hand-written server: apollo, mercurius (with jit), yoga, or raw, which has no GraphQL at all: the floor.
 *
 *   PORT=4901 BACKEND=http|memory node peers/hand.js apollo
 */
import { createServer } from 'node:http';
import { backend } from './backend.js';
import { context, resolvers, typeDefs } from './schema.js';

const port = Number(process.env.PORT ?? 4901);

const servers = {
  async apollo() {
    const { ApolloServer } = await import('@apollo/server');
    const { startStandaloneServer } = await import('@apollo/server/standalone');
    await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), {
      listen: { port, host: '127.0.0.1' },
      context,
    });
  },
  async mercurius() {
    const { default: fastify } = await import('fastify');
    const { default: mercurius } = await import('mercurius');
    const app = fastify();
    app.register(mercurius, { schema: typeDefs, resolvers, context, jit: 1 });
    await app.listen({ port, host: '127.0.0.1' });
  },
  async yoga() {
    const { createSchema, createYoga } = await import('graphql-yoga');
    const yoga = createYoga({
      schema: createSchema({ typeDefs, resolvers }),
      context,
      logging: false,
      graphiql: false,
    });
    createServer(yoga).listen(port, '127.0.0.1');
  },
  async raw() {
    createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', async () => {
        const { variables } = JSON.parse(body);
        const data = variables.input ? await rawCreation(variables.input) : await rawChain(variables.id);
        const text = JSON.stringify({ data });
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
        response.end(text);
      });
    }).listen(port, '127.0.0.1');
  },
};

async function rawCreation(input) {
  const { name, attributes } = input;
  return { createTaskContact: { contact: { id: await backend.create(input), name, attributes } } };
}

/** Walks from the last contact to the first, because this program has no listing of a chain. The attributes are read once. */
async function rawChain(id) {
  const walked = [];
  let shared;
  for (let next = id; next !== undefined; ) {
    const contact = await backend.contact(next);
    shared ??= backend.attributes(contact.chainId);
    walked.push(contact);
    next = contact.previousContactId;
  }
  const attributes = Object.entries(await shared).map(([key, value]) => ({ key, value }));
  const contact = walked.reduceRight(
    (previousContact, { id: own, name }) => ({ id: own, name, attributes, previousContact }),
    null,
  );
  return { contact };
}

await servers[process.argv[2]]();
