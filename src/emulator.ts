/** The emulator's process. It checks Node before it loads anything else. */
import { byNpm, isNeededNode, keepCompiledCode } from './app/node.js';

if (isNeededNode(byNpm('npm run emulator'))) {
  keepCompiledCode();
  const { runCommand } = await import('./app/cli.js');
  const { EMULATOR } = await import('./app/commands.js');
  await runCommand(EMULATOR, process.argv.slice(2));
}
