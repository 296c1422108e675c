/**
 * Completes package-lock.json with what npm leaves out when the registry does not report it: optional packages of other
 * platforms, without which `npm ci` refuses the lockfile, and the C library of a package, without which `npm ci` installs
 * the build for musl beside that for glibc. All values follow from the package's name.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const SYSTEMS = new Set('aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(' '));
const PROCESSORS = new Set('arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x x64'.split(' '));

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
let added = 0;
for (const [holder, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  if (holder === '') continue;
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const place = `node_modules/${name}`;
    const known = lock.packages[`${holder}/${place}`] ?? lock.packages[place];
    const { os, cpu, libc } = platformOf(name);
    if (known) {
      if (libc) known.libc ??= libc;
    } else if (os) {
      const version = range.replace(/^[\^~]/, '');
      lock.packages[place] = { version, cpu, dev, libc, optional: true, os };
      added += 1;
    }
  }
}
const inOrderOfNpm = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(inOrderOfNpm);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added to ${FILE}.`);

/** What a name states; a member is undefined where it states nothing. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const listed = (found) => (found.length > 0 ? found : undefined);
  const libraries = words.includes('linux') ? words : [];
  return {
    os: listed(words.filter((word) => SYSTEMS.has(word))),
    cpu: listed(words.filter((word) => PROCESSORS.has(word))),
    libc: listed(
      libraries.flatMap((word) => (word.startsWith('musl') ? 'musl' : word.startsWith('gnu') ? 'glibc' : [])),
    ),
  };
}
