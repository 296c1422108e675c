import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config/config.js';
import { shownDatabaseUrl } from '../engine/database-url.js';
import { backupDatabase, checkDatabase, purgeContact } from '../engine/maintenance.js';

const USAGE = `Usage:

  npm run emulator                       serves a local Amazon Connect
  npm run emulator -- --check            checks the database, and lists what is wrong with it
  npm run emulator -- --backup FILE      copies the database into a new file, also while it is in use
  npm run emulator -- --purge CONTACT    removes one contact for good, by id or ARN

The settings say which database (DATABASE_URL) and which instance (CONNECT_INSTANCE_ID).
`;

type Task = (config: Config) => Promise<{ readonly text: string; readonly failed?: boolean }>;

/** Does what the arguments of the emulator ask for, says what was done, and sets the exit code: 2 where they ask for nothing that it knows. */
export async function keepUp(given: readonly string[]): Promise<void> {
  const task = taskOf(given);
  if (task === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  try {
    const { text, failed } = await task(readConfig(undefined, 'emulator'));
    process.stdout.write(`${text}\n`);
    if (failed) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

function taskOf(given: readonly string[]): Task | undefined {
  try {
    const options = { check: { type: 'boolean' }, backup: { type: 'string' }, purge: { type: 'string' } } as const;
    const { values, tokens } = parseArgs({ args: [...given], options, tokens: true });
    if (tokens.length !== 1) return undefined;
    const { check: isCheck, backup: file, purge: contact } = values;
    if (isCheck) return check;
    if (file) return (config) => backup(config, file);
    return contact ? (config) => purge(config, contact) : undefined;
  } catch {
    return undefined;
  }
}

const check: Task = async ({ databaseUrl }) => {
  const problems = await checkDatabase(databaseUrl);
  if (problems.length === 0) return { text: `${shownDatabaseUrl(databaseUrl)} is in order.` };
  return { text: problems.join('\n'), failed: true };
};

async function backup({ databaseUrl }: Config, file: string) {
  backupDatabase(databaseUrl, file);
  return { text: `${shownDatabaseUrl(databaseUrl)} was copied into ${file}.` };
}

async function purge({ databaseUrl, instanceId }: Config, contact: string) {
  const purged = await purgeContact(databaseUrl, instanceId, contact);
  if (purged === undefined) {
    return { text: `Instance ${instanceId} has no contact ${contact}. Nothing was changed.`, failed: true };
  }
  const { wasLast, wasOpen, chainId, clientTokens } = purged;
  const lines = [
    `Contact ${contact} was removed${wasOpen ? '; it was open, and counts as an active task no more' : ''}.`,
    wasLast
      ? `It was the last of its chain ${chainId}, whose attributes were removed with it.`
      : `Other contacts of its chain ${chainId} go on, with the attributes that they share.`,
    `Client tokens removed: ${clientTokens}. Backups that were made before still hold it.`,
  ];
  return { text: lines.join('\n') };
}
