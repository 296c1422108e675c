/** The gateway's process. What it needs of Node is checked before anything else is loaded. */
import { isNeededNode } from './app/node.js';

if (isNeededNode('npm start')) {
  const { keepCompiledCode } = await import('./app/compile-cache.js');
  keepCompiledCode();
  const { start } = await import('./app/start-gateway.js');
  await start();
}
