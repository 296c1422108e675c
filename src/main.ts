/** The gateway's process. It checks Node before it loads anything else. */
import { byNpm, isNeededNode, keepCompiledCode } from './app/node.js';

if (isNeededNode(byNpm('npm start'))) {
  keepCompiledCode();
  const { runCommand } = await import('./app/cli.js');
  const { GATEWAY } = await import('./app/commands.js');
  await runCommand(GATEWAY, process.argv.slice(2));
}
