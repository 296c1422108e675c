/**
 * Runs the steps of the Dockerfile in folders instead of images, without a container engine: what it copies and runs, its
 * command and its health check. It cannot check users, volumes and networks.
 *
 *   npm run check:container
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { commandIn, ignored, readDockerfile } from './dockerfile.js';

const root = mkdtempSync(join(tmpdir(), 'container-'));
const context = join(root, 'context');
const images = new Map();
try {
  const isIgnored = ignored(readFileSync('.dockerignore', 'utf8'));
  mkdirSync(context);
  for (const name of readdirSync('.').filter((each) => !isIgnored(each))) {
    cpSync(name, join(context, name), { recursive: true });
  }
  const stages = readDockerfile(readFileSync('Dockerfile', 'utf8'));
  const built = stages.map(build);
  await serve(built.at(-1));
  console.log('The steps of the Dockerfile work: it builds, starts, is healthy, takes a request, and ends on SIGTERM.');
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** Runs the steps of a stage. Its file system is a folder, in which absolute paths are sought. */
function build({ name, steps }, index) {
  const files = join(root, `stage-${index}`);
  const image = { files, folder: files, environment: {} };
  mkdirSync(files);
  images.set(name, image);
  for (const { instruction, rest } of steps) {
    process.stderr.write(`${name || 'the image'}: ${instruction} ${rest}\n`);
    if (instruction === 'WORKDIR') image.folder = join(files, rest);
    if (instruction === 'ENV') Object.assign(image.environment, variable(rest));
    if (instruction === 'COPY') copy(image, rest);
    if (instruction === 'RUN') run(image, rest);
    if (instruction === 'USER') image.user = rest;
    if (instruction === 'HEALTHCHECK') image.healthCheck = commandIn(rest);
    if (instruction === 'CMD') image.command = commandIn(rest);
    mkdirSync(image.folder, { recursive: true });
  }
  return image;
}

function variable(rest) {
  const [name, ...value] = rest.split('=');
  return { [name]: value.join('=') };
}

function copy(image, rest) {
  const words = rest.split(' ');
  const [, from] = /^--from=(\S+)$/.exec(words[0]) ?? [];
  if (from !== undefined) words.shift();
  const source = from === undefined ? context : images.get(from).files;
  const target = join(image.folder, words.pop());
  for (const word of words) {
    const path = join(source, word);
    if (!existsSync(path)) throw new Error(`COPY ${rest}: there is no ${word}`);
    const intoFolder = words.length > 1 && word !== '.';
    cpSync(path, intoFolder ? join(target, basename(word)) : target, { recursive: true, verbatimSymlinks: true });
  }
}

/** Whatever a step makes at the root of its image belongs into the folder; owners are the engine's. */
function run(image, command) {
  const here = command.replaceAll(/ \/(?=[a-z])/g, ` ${image.files}/`).replaceAll(/chown \S+ \S+/g, 'true');
  const { status } = spawnSync('sh', ['-ec', here], {
    cwd: image.folder,
    env: { ...process.env, ...image.environment },
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error(`RUN ${command} ended with ${status}`);
}

/** What a process of the image sees: what the image sets, and where this machine's Node is. */
function environmentOf({ environment }) {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ...environment };
}

async function serve(image) {
  if (!image.user || image.user === 'root') throw new Error('The image runs as root.');
  if (existsSync(join(image.folder, 'node_modules/typescript')))
    throw new Error('The image has what only the build needs.');
  const environment = {
    ...environmentOf(image),
    DATABASE_URL: image.environment.DATABASE_URL.replace('file:/', `file:${image.files}/`),
  };
  const options = { cwd: image.folder, stdio: ['ignore', 'inherit', 'pipe'] };
  const [program, ...given] = image.command;

  const refused = spawnSync(program, given, { cwd: image.folder, env: environment, encoding: 'utf8' });
  if (refused.status === 0 || !refused.stderr.includes('AUTH'))
    throw new Error('It starts without a word on who may call.');

  const port = String(20_000 + (process.pid % 20_000));
  const env = { ...environment, PORT: port, AUTH: 'none' };
  const healthCheck = () =>
    spawnSync(image.healthCheck[0], image.healthCheck.slice(1), { cwd: image.folder, env }).status;
  if (healthCheck() === 0) throw new Error('The health check passes where nothing runs.');
  const child = spawn(program, given, { ...options, env });
  const exit = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  try {
    await new Promise((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', (text) => text.includes('is ready.') && resolve());
      exit.then((code) => reject(new Error(`It ended with ${code}`)));
    });
    if (healthCheck() !== 0) throw new Error('The health check fails.');
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query:
          'mutation { createTaskContact(input: { name: "x", flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" } }) { contact { id } } }',
      }),
    });
    const { data } = await response.json();
    if (!data?.createTaskContact?.contact?.id) throw new Error('It does not create a task.');
    if (!existsSync(join(image.files, 'data/connect.db'))) throw new Error('Its database is not in the volume.');
    const page = await fetch(`http://127.0.0.1:${port}/graphql`, { headers: { accept: 'text/html' } });
    if (page.status === 503) throw new Error('GraphiQL was not built.');
  } finally {
    child.kill('SIGTERM');
  }
  const code = await exit;
  if (code !== 0) throw new Error(`On SIGTERM it ended with ${code}.`);
}
