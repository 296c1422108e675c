/**
 * Completes package-lock.json with the optional packages of other platforms that npm left out because the registry did
 * not have them: without their entries `npm ci` calls the lockfile out of date. Each gets what npm would have written,
 * as far as its name tells: version, os and cpu.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const SYSTEMS = new Set('aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(' '));
const PROCESSORS = new Set('arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x x64'.split(' '));

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const added = {};
for (const [holder, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  if (holder === '') continue;
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const place = `node_modules/${name}`;
    if (lock.packages[place] ?? lock.packages[`${holder}/${place}`]) continue;
    const words = name.split(/[/-]/);
    const os = words.filter((word) => SYSTEMS.has(word));
    const cpu = words.filter((word) => PROCESSORS.has(word));
    if (os.length === 0) continue;
    added[place] = {
      version: range.replace(/^[\^~]/, ''),
      ...(cpu.length > 0 && { cpu }),
      ...(dev && { dev }),
      optional: true,
      os,
    };
  }
}
const packages = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(packages);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${Object.keys(added).length} packages of other platforms added to ${FILE}.`);
