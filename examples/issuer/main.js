/**
 * An issuer of tokens to try authentication with. It gives everyone who asks the token that they ask for: for this machine
 * alone, and for nothing but trying.
 *
 *     npm run example:issuer
 *     curl 'http://127.0.0.1:4500/token?sub=ana&scope=tasks:read%20tasks:create'
 */
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const ALGORITHM = 'ES256';
const KEY_ID = 'example-1';
const AUDIENCE = 'connect-task-gateway';

const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: ALGORITHM, use: 'sig' }] };

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, issuer);
  if (pathname === '/.well-known/openid-configuration') {
    const document = { issuer, jwks_uri: `${issuer}/jwks`, id_token_signing_alg_values_supported: [ALGORITHM] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  } else if (pathname === '/jwks') {
    response.setHeader('content-type', 'application/jwk-set+json').end(JSON.stringify(jwks));
  } else if (pathname === '/token') {
    response.setHeader('content-type', 'text/plain').end(await token(searchParams));
  } else {
    response.writeHead(404).end();
  }
});

/** Each parameter becomes a claim. */
async function token(parameters) {
  const claims = { sub: 'ana', scope: 'tasks:read tasks:create tasks:write', ...Object.fromEntries(parameters) };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID })
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('1 hour')
    .sign(privateKey);
}

const port = process.argv[2] ?? '4500';
server.on('error', ({ code, message }) => {
  const inUse = `Port ${port} is in use. Choose another one: npm run example:issuer -- 4501`;
  console.error(code === 'EADDRINUSE' ? inUse : message);
  process.exit(1);
});
await new Promise((resolve) => {
  server.listen(Number(port), '127.0.0.1', resolve);
});
const issuer = `http://127.0.0.1:${server.address().port}`;
console.log(`Tokens: ${issuer}/token\nIssuer: ${issuer}`);
