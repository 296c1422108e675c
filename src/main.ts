/** The gateway's process. What it needs of Node is checked before anything else is loaded. */
import { isNeededNode } from './needed-node.js';

if (isNeededNode('npm start')) {
  const { keepCompiledCode } = await import('./compile-cache.js');
  keepCompiledCode();
  const { start } = await import('./start.js');
  await start();
}
