#!/usr/bin/env node
/** The package's command. It checks Node before it loads anything else. */
import { isNeededNode, keepCompiledCode } from './app/node.js';

if (isNeededNode('Install Node 24 or newer, from https://nodejs.org for instance.')) {
  keepCompiledCode();
  const { runPackage } = await import('./app/package-cli.js');
  await runPackage(process.argv.slice(2));
}
