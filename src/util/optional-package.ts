import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';

/** package.json of this program. src/util and dist/util are both two folders below it. */
const MANIFEST = new URL('../../package.json', import.meta.url);

/** A feature needs a package that is not installed. The message states the command that installs it. */
export class MissingPackageError extends Error {
  constructor(feature: string, packages: readonly string[], options?: ErrorOptions) {
    const noun = packages.length === 1 ? 'a package that is' : 'packages that are';
    super(`${feature} needs ${noun} not installed. Run \`npm install ${packages.join(' ')}\`.`, options);
    this.name = 'MissingPackageError';
  }
}

/**
 * Loads a module that needs optional packages: the AWS SDK, OpenTelemetry or PostgreSQL's driver.
 *
 * @param feature what needs it, as the message names it: `CONNECT_ADAPTER=aws`
 * @throws MissingPackageError if a package is not installed
 *
 * @example
 * const { openAwsConnect } = await loadOptional('CONNECT_ADAPTER=aws', () => import('../aws/open.js'));
 */
export async function loadOptional<Module>(feature: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    const packages = missingPackages(cause);
    throw packages === undefined ? cause : new MissingPackageError(feature, packages, { cause });
  }
}

/** Returns the packages to install, with their versions, if an error means that an optional one is missing. */
function missingPackages(error: unknown): readonly string[] | undefined {
  if ((error as NodeJS.ErrnoException | undefined)?.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const [, missing = ''] = /Cannot find package '([^']+)'/.exec((error as Error).message) ?? [];
  if (missing === '' || isBuiltin(missing)) return undefined;
  const { peerDependencies = {} } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as {
    readonly peerDependencies?: Readonly<Record<string, string>>;
  };
  // Packages of one scope are used together.
  const [scope = ''] = missing.split('/');
  const needed = Object.entries(peerDependencies).filter(([name]) => name.split('/')[0] === scope);
  return needed.length === 0 ? undefined : needed.map(([name, version]) => `${name}@${version.replace('^', '')}`);
}
