/**
 * Stands in for the AWS CLI: `aws connect OPERATION --member value … [--query NAME] [--output text]`, by the same service
 * model, through AWS's SDK for JavaScript.
 */
import { createRequire } from 'node:module';

const pascal = (name) => name.replace(/(^|-)([a-z])/g, (_, __, letter) => letter.toUpperCase());
const [, operation = '', ...args] = process.argv.slice(2);
const flags = {};
for (let i = 0; i < args.length; i += 2) flags[args[i].replace(/^--/, '')] = args[i + 1];
const { 'endpoint-url': endpoint, query, output, ...members } = flags;
const input = Object.fromEntries(
  Object.entries(members).map(([name, value]) => [
    pascal(name),
    /^\w+=/.test(value) ? Object.fromEntries(value.split(',').map((pair) => pair.split('='))) : value,
  ]),
);
const connect = createRequire(import.meta.url)('@aws-sdk/client-connect');
const client = new connect.ConnectClient({ endpoint, region: process.env.AWS_DEFAULT_REGION });
const { $metadata, ...answer } = await client.send(new connect[`${pascal(operation)}Command`](input));
const shown = query === undefined ? answer : answer[query];
console.log(output === 'text' ? String(shown) : JSON.stringify(shown, null, 2));
