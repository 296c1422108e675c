import { existsSync } from 'node:fs';
import { type Config, readConfig } from '../config/config.js';
import { bareId } from '../connect/arn.js';
import { purgeFromJobs } from '../jobs/open.js';
import { shownDatabaseUrl } from '../util/database-url.js';
import { attachmentsBeside } from '../engine/files/attachments-beside.js';
import { backupDatabase, checkDatabase, purgeContact } from '../engine/maintenance.js';

/** A result for the user of a command. */
interface Done {
  readonly text: string;
  /** Whether the exit code is 1. Default: false. */
  readonly failed?: boolean;
}

/** Checks the database and prints one line for each problem. */
export function check(): Promise<void> {
  return report(async ({ databaseUrl }) => {
    const problems = await checkDatabase(databaseUrl);
    if (problems.length === 0) return { text: `${shownDatabaseUrl(databaseUrl)} is undamaged and consistent.` };
    return { text: problems.join('\n'), failed: true };
  });
}

/** Copies the database into a new file. */
export function backup(file: string): Promise<void> {
  return report(async ({ databaseUrl, attachments }) => {
    backupDatabase(databaseUrl, file);
    const folder = attachments.folder ?? attachmentsBeside(databaseUrl);
    const lines = [`${shownDatabaseUrl(databaseUrl)} was copied into ${file}.`];
    if (folder !== undefined && existsSync(folder)) {
      lines.push(`Attached files are not in it: copy the folder ${folder} as well.`);
    }
    return { text: lines.join('\n') };
  });
}

/** Removes a contact, named by its id or ARN. */
export function purge(contact: string): Promise<void> {
  return report(async ({ databaseUrl, instanceId, attachments }) => {
    const purged = await purgeContact(databaseUrl, instanceId, contact, attachments.folder);
    if (purged === undefined) {
      return {
        text: `Instance ${instanceId} has no contact ${contact}. Nothing was changed. Check CONNECT_INSTANCE_ID and the contact's id.`,
        failed: true,
      };
    }
    const { wasLast, wasOpen, chainId, clientTokens, files } = purged;
    const items = await purgeFromJobs(databaseUrl, bareId(contact));
    const lines = [
      `Contact ${contact} was removed${wasOpen ? '. It was open, and no longer counts as an active task' : ''}.`,
      wasLast
        ? `It was the last contact of chain ${chainId}, whose attributes were removed as well.`
        : `The other contacts of chain ${chainId} keep their shared attributes.`,
      ...(files > 0 ? [`Attached files removed: ${files}.`] : []),
      ...(items > 0 ? [`Items of jobs emptied: ${items}.`] : []),
      `Client tokens removed: ${clientTokens}. Earlier backups still contain the contact.`,
    ];
    return { text: lines.join('\n') };
  });
}

/** Prints the result of a task, or why it failed, and sets the exit code. */
async function report(task: (config: Config) => Promise<Done>): Promise<void> {
  try {
    const { text, failed } = await task(readConfig(undefined, 'emulator'));
    process.stdout.write(`${text}\n`);
    if (failed) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
