/**
 * Prepares `npm pack`, which makes the package from this folder.
 *
 *   node scripts/pack.js prepare    builds the server, its types and GraphiQL's page, then writes the package's manifest
 *   node scripts/pack.js restore    brings the project's own package.json back
 *
 * The two manifests differ because a clone installs everything, and a package only what it always needs.
 */
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { buildServer, preparePage } from './build.js';
import { manifestOf } from './manifest.js';
import { runTool } from './tool.js';

const MANIFEST = 'package.json';
/** The project's own manifest while a package is made. */
const KEPT = 'dist/package.json.kept';

async function prepare() {
  restore();
  removeOrphans();
  await buildServer();
  await preparePage()();
  const types = ['--declaration', '--emitDeclarationOnly', '--sourceMap', 'false', '--types', 'node'];
  await runTool('typescript/bin/tsc', '--project', 'tsconfig.build.json', ...types);
  const own = readFileSync(MANIFEST, 'utf8');
  writeFileSync(KEPT, own);
  writeFileSync(MANIFEST, `${JSON.stringify(manifestOf(JSON.parse(own)), null, 2)}\n`);
}

/** Removes compiled files whose source is gone: a build leaves them. */
function removeOrphans() {
  for (const file of globSync('dist/**/*.{js,js.map,d.ts}', { exclude: ['dist/graphiql/**'] })) {
    if (!existsSync(file.replace(/^dist/, 'src').replace(/(\.d\.ts|\.js|\.js\.map)$/, '.ts'))) rmSync(file);
  }
}

/** An interrupted `npm pack` leaves the package's manifest; the next one finds the project's own here. */
function restore() {
  if (existsSync(KEPT)) renameSync(KEPT, MANIFEST);
}

const STEPS = { prepare, restore };
try {
  await STEPS[process.argv[2]]();
} catch (error) {
  restore();
  console.error(`The package was not made: ${error.message}`);
  process.exitCode = 1;
}
