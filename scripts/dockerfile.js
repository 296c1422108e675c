/** Reads the part of a Dockerfile's language that ours is written in; anything else is refused, so that nothing is skipped. */

const INSTRUCTIONS = new Set([
  'FROM',
  'WORKDIR',
  'COPY',
  'RUN',
  'ENV',
  'USER',
  'VOLUME',
  'EXPOSE',
  'HEALTHCHECK',
  'CMD',
]);

/**
 * The stages of a Dockerfile, each with its steps in order.
 *
 * @param {string} text
 * @returns {{ name: string, image: string, steps: { instruction: string, rest: string }[] }[]}
 * @throws an Error that names a line which is not understood
 */
export function readDockerfile(text) {
  const stages = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, instruction = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    if (!INSTRUCTIONS.has(instruction) || rest.endsWith('\\')) throw new Error(`Not understood: ${line}`);
    if (instruction === 'FROM') {
      const [, image, name = ''] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
      if (image === undefined) throw new Error(`Not understood: ${line}`);
      stages.push({ name, image, steps: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error(`Before the first FROM: ${line}`);
    stage.steps.push({ instruction, rest });
  }
  return stages;
}

/** The words of a command in the form of JSON, as CMD and HEALTHCHECK have it. */
export function commandIn(rest) {
  const [, json] = /(\[.*\])$/.exec(rest) ?? [];
  if (json === undefined) throw new Error(`Not in the form of JSON: ${rest}`);
  return JSON.parse(json);
}

/** The paths that a .dockerignore keeps out: names at the root, some with a star. */
export function ignored(text) {
  const patterns = text.split('\n').filter((line) => line && !line.startsWith('#'));
  const expressions = patterns.map(
    (pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`),
  );
  return (name) => expressions.some((expression) => expression.test(name));
}
