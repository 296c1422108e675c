import { createHash, randomBytes } from 'node:crypto';
import {
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { FilePlace } from './signed-path.js';

/** A file is larger than accepted, or empty. */
export class FileSizeError extends Error {
  constructor(maxBytes: number) {
    super(`A file must have 1 to ${maxBytes} bytes.`);
    this.name = 'FileSizeError';
  }
}

/** How long an upload address holds, in milliseconds. */
const UPLOAD_MS = 60 * 60 * 1000;

/** Bytes of the key that downloads are signed with. */
const KEY_BYTES = 32;

/**
 * The folder of the attachments of one database: files/INSTANCE/CONTACT/FILE, uploads/HASH, and the key that download
 * addresses are signed with. Replicas share it. It is made with the first file.
 */
export class FileFolder {
  #key: Promise<Buffer> | undefined;

  constructor(readonly path: string) {}

  /** Returns the key for download addresses. The first process makes it, and all read the same one. */
  key(): Promise<Buffer> {
    this.#key ??= this.#readKey().catch((error: unknown) => {
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }

  /**
   * Writes the file of a place, durably, and as a whole or not at all.
   *
   * @returns its size in bytes
   * @throws FileSizeError
   */
  async write(place: FilePlace, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<number> {
    await mkdir(this.#folderOf(place), { recursive: true });
    return writeWhole(this.#pathOf(place), body, maxBytes);
  }

  /** Opens the file of a place with its size; undefined if there is none. */
  async open(place: FilePlace): Promise<{ readonly file: FileHandle; readonly size: number } | undefined> {
    try {
      const file = await open(this.#pathOf(place), 'r');
      return { file, size: (await file.stat()).size };
    } catch (error) {
      return ifMissing(error);
    }
  }

  /** Gives the files of a contact to another one as well. They take no more space. */
  async share(instanceId: string, contactId: string, otherId: string): Promise<void> {
    const from = join(this.path, 'files', segment(instanceId), segment(contactId));
    const to = join(this.path, 'files', segment(instanceId), segment(otherId));
    const names = (await readdir(from).catch(ifMissing)) ?? [];
    if (names.length > 0) await mkdir(to, { recursive: true });
    for (const name of names) await link(join(from, name), join(to, name)).catch(ifPresent);
  }

  /** Removes the files of a contact. Returns how many there were. */
  async remove(instanceId: string, contactId: string): Promise<number> {
    const folder = join(this.path, 'files', segment(instanceId), segment(contactId));
    const names = (await readdir(folder).catch(ifMissing)) ?? [];
    await rm(folder, { recursive: true, force: true });
    return names.length;
  }

  /** Lists instances and contacts that have a folder. */
  async *contacts(): AsyncGenerator<{ readonly instanceId: string; readonly contactIds: readonly string[] }> {
    const root = join(this.path, 'files');
    for (const instance of (await readdir(root).catch(ifMissing)) ?? []) {
      const contacts = (await readdir(join(root, instance)).catch(ifMissing)) ?? [];
      yield { instanceId: idOf(instance), contactIds: contacts.map(idOf) };
    }
  }

  /** Makes an address for one upload. Returns the token in it, which no one can guess. */
  async openUpload(): Promise<string> {
    const token = randomBytes(KEY_BYTES).toString('base64url');
    await mkdir(join(this.path, 'uploads'), { recursive: true });
    await writeFile(`${this.#uploadOf(token)}.open`, '', { flag: 'wx' });
    return token;
  }

  /**
   * Stores an upload.
   *
   * @returns its size in bytes; undefined if the token is unknown or used
   * @throws FileSizeError
   */
  async upload(token: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<number | undefined> {
    const path = this.#uploadOf(token);
    try {
      // Only one of several uploads to an address can remove its mark.
      await unlink(`${path}.open`);
    } catch (error) {
      return ifMissing(error);
    }
    return writeWhole(path, body, maxBytes);
  }

  /** Moves an upload to a place. Returns its size in bytes; undefined if there is none. */
  async takeUpload(token: string, place: FilePlace): Promise<number | undefined> {
    try {
      await mkdir(this.#folderOf(place), { recursive: true });
      await rename(this.#uploadOf(token), this.#pathOf(place));
      return (await stat(this.#pathOf(place))).size;
    } catch (error) {
      return ifMissing(error);
    }
  }

  /**
   * Removes uploads that no task took in time.
   *
   * @param now milliseconds since the epoch, by the clock of the file system
   */
  async removeOldUploads(now: number): Promise<void> {
    const root = join(this.path, 'uploads');
    for (const name of (await readdir(root).catch(ifMissing)) ?? []) {
      const entry = await stat(join(root, name)).catch(ifMissing);
      if (entry && entry.mtimeMs < now - UPLOAD_MS) await rm(join(root, name), { force: true });
    }
  }

  async #readKey(): Promise<Buffer> {
    const path = join(this.path, 'key');
    const key = await readFile(path).catch(ifMissing);
    if (key) return key;
    await mkdir(this.path, { recursive: true });
    const made = `${path}.${randomBytes(8).toString('hex')}`;
    await writeFile(made, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
    // Another process may have made one meanwhile: the first one holds. Linked, so that none is read in part.
    await link(made, path).catch(ifPresent);
    await unlink(made);
    return readFile(path);
  }

  #folderOf({ instanceId, contactId }: FilePlace): string {
    return join(this.path, 'files', segment(instanceId), segment(contactId));
  }

  #pathOf(place: FilePlace): string {
    return join(this.#folderOf(place), segment(place.fileId));
  }

  /** The name is a hash, so that a list of the folder opens no upload. */
  #uploadOf(token: string): string {
    return join(this.path, 'uploads', createHash('sha256').update(token).digest('hex'));
  }
}

async function writeWhole(path: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<number> {
  const part = `${path}.${randomBytes(8).toString('hex')}.part`;
  try {
    const file = await open(part, 'wx');
    let size = 0;
    try {
      for await (const bytes of body) {
        size += bytes.length;
        if (size > maxBytes) throw new FileSizeError(maxBytes);
        await file.writeFile(bytes);
      }
      if (size === 0) throw new FileSizeError(maxBytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    return size;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Ids are UUIDs as a rule. Any other is written in hexadecimal, so that no id leads out of the folder. */
function segment(id: string): string {
  return /^[\da-f-]{36}$/.test(id) ? id : `x${Buffer.from(id).toString('hex')}`;
}

function idOf(name: string): string {
  return name.startsWith('x') ? Buffer.from(name.slice(1), 'hex').toString() : name;
}

function ifMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

function ifPresent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}
