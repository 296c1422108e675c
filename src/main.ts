/** The gateway's process. What it needs of Node is checked before anything else is loaded. */
import { isNeededNode, keepCompiledCode } from './app/node.js';

if (isNeededNode('npm start')) {
  keepCompiledCode();
  const { start } = await import('./app/start-gateway.js');
  await start();
}
