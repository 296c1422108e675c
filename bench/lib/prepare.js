/**
 * What the gateway's own runs need: a database with chains of 12, a page of 100 contacts in chains of four, and as many
 * other contacts as a run is to find; made by the engine itself.
 */
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CHAIN, CREATION, INSTANCE_ID } from './content.js';
import { createMany, openEngine } from './creations.js';
import { progress } from './figures.js';

/** As many as callers of most runs: each may read one that no other reads at that moment. */
const CHAINS = 32;

const LINKS_OF_A_PAGE_CHAIN = 4;
const PAGE = 100;

/**
 * @param folder where databases are kept between the runs of one bench
 * @param contacts how many other contacts there are
 * @returns the file, the last contact of each chain, and the ids of the page
 */
export async function prepared(folder, contacts) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `prepared-${contacts}.db`);
  const ids = `${file}.json`;
  if (existsSync(ids)) return { file, ...JSON.parse(readFileSync(ids, 'utf8')) };
  const half = `${file}.filling`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(half + suffix, { force: true });
  const content = await contentOn(`file:${half}`, contacts);
  renameSync(half, file);
  writeFileSync(ids, JSON.stringify(content));
  return { file, ...content };
}

/** Fills a new database. @returns the last contact of each chain, and the ids of the page */
export async function contentOn(databaseUrl, contacts) {
  const engine = await openEngine(databaseUrl);
  if (contacts > 0) await createMany(engine, contacts, (count) => progress(`filling: ${count} of ${contacts}`));
  const create = async (name, previousContactId) => {
    const request = { instanceId: INSTANCE_ID, ...CREATION, name, ...(previousContactId && { previousContactId }) };
    const { contactId } = await engine.startTaskContact(request);
    return contactId;
  };
  const lasts = [];
  for (let chain = 0; chain < CHAINS; chain++) {
    let last;
    for (const { name } of CHAIN) last = await create(name, last);
    lasts.push(last);
  }
  const page = [];
  while (page.length < PAGE) {
    const isRoot = page.length % LINKS_OF_A_PAGE_CHAIN === 0;
    page.push(await create('Call back', isRoot ? undefined : page.at(-1)));
  }
  await engine.close();
  return { lasts, page };
}

/** A copy for one run, so that each finds the same. */
export function copyOf(file) {
  const copy = `${file}.run`;
  removeCopy(copy);
  // Where the file system can, the copy shares its blocks until they are written.
  copyFileSync(file, copy, constants.COPYFILE_FICLONE);
  return copy;
}

/** Removes a copy with what SQLite lays beside it. */
export function removeCopy(copy) {
  for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
}
