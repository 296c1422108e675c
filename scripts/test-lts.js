/** Runs the tests on the newest LTS, Node 26, which npx fetches from the registry. */
import { spawn } from 'node:child_process';

const RUNTIME = `node-linux-${process.arch}@26.10.0`;
const JEST = ['node_modules/jest/bin/jest.js', '--selectProjects', 'server'];

const child = spawn('npx', ['--yes', '--package', RUNTIME, '--', 'node', ...JEST], { stdio: 'inherit' });
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
