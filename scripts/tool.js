import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Signals that end a tool together with the process that runs it. */
const SIGNALS = ['SIGTERM', 'SIGINT'];

/** A tool that a signal ended. */
export class Interrupted extends Error {
  constructor(tool, signal) {
    super(`${tool} ended with ${signal}`);
    this.signal = signal;
  }
}

/**
 * Runs a tool of node_modules, and passes SIGTERM and SIGINT on to it.
 *
 * @param {string} tool its path in node_modules
 * @param {string[]} options
 * @throws {Interrupted} if a signal ended it
 * @throws an Error if it is not installed or failed
 */
export function runTool(tool, ...options) {
  const [name] = tool.split('/');
  const path = `node_modules/${tool}`;
  if (!existsSync(path)) {
    throw new Error(
      `it needs ${name}, which is not installed. Run \`npm ci --include=dev --include=optional && npm run build\`. The start after it needs no tool.`,
    );
  }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, ...options], { stdio: 'inherit' });
    const pass = (signal) => child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, pass);
    child.on('close', (code, signal) => {
      for (const each of SIGNALS) process.off(each, pass);
      if (signal) reject(new Interrupted(name, signal));
      else if (code !== 0) reject(new Error(`${name} ended with code ${code}`));
      else resolve();
    });
  });
}
