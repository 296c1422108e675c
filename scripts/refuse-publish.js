/** Refuses `npm publish` of the folder: the registry would list the dependencies of the clone, not those of the package. */
console.error('Publish the package itself: `npm pack`, then `npm publish connect-task-gateway-VERSION.tgz`.');
process.exitCode = 1;
