/** Members that only a clone of the project reads. */
const OF_THE_CLONE = ['scripts', 'devDependencies', 'optionalDependencies', 'allowScripts', 'overrides'];

/**
 * Returns the manifest of the package for that of the project: without what only a clone needs, and without the
 * dependencies that are optional peers, which a user of the package installs when a setting needs them.
 *
 * @param {Record<string, any>} project
 * @returns {Record<string, any>}
 */
export function manifestOf(project) {
  const isOfPackage = ([name]) => !OF_THE_CLONE.includes(name);
  const isNeeded = ([name]) => !Object.hasOwn(project.peerDependencies, name);
  return {
    ...Object.fromEntries(Object.entries(project).filter(isOfPackage)),
    dependencies: Object.fromEntries(Object.entries(project.dependencies).filter(isNeeded)),
  };
}
