import type { Path } from '../../connect/violation.js';
import { unstorable } from '../../util/storable-text.js';
import type { Seed, SeedInstance, SeedProblem, SeedTaskTemplate } from './seed.js';

/** Checks what a schema cannot say of a seed, and what needs no database. */
export function checkSeed(seed: Seed): readonly SeedProblem[] {
  return [
    ...unstorableTexts(seed, []),
    ...repeated(seed.instances, 'id', ['instances']),
    ...seed.instances.flatMap((instance, index) => checkInstance(instance, ['instances', index])),
  ];
}

const LISTS = ['contactFlows', 'queues', 'users', 'quickConnects', 'taskTemplates', 'contacts'] as const;

function checkInstance(instance: SeedInstance, at: Path): readonly SeedProblem[] {
  const { id, arn, taskTemplates, contacts } = instance;
  const problems = LISTS.flatMap((list) => repeated<{ readonly id: string }>(instance[list], 'id', [...at, list]));
  if (arn !== undefined && !arn.endsWith(`/${id}`)) {
    problems.push({ path: [...at, 'arn'], message: `It must end with the instance's id, /${id}.` });
  }
  for (const [index, template] of taskTemplates.entries()) {
    problems.push(...checkTemplate(template, [...at, 'taskTemplates', index]));
  }
  for (const [index, { initiatedAt, endedAt }] of contacts.entries()) {
    const path = [...at, 'contacts', index];
    const [from, to] = [initiatedAt, endedAt].map((time) => Date.parse(time ?? ''));
    if (initiatedAt !== undefined && Number.isNaN(from))
      problems.push(noSuchTime([...path, 'initiatedAt'], initiatedAt));
    else if (endedAt !== undefined && Number.isNaN(to)) problems.push(noSuchTime([...path, 'endedAt'], endedAt));
    else if (Number(to) < Number(from)) {
      problems.push({ path: [...path, 'endedAt'], message: 'It must not be before initiatedAt.' });
    }
  }
  return problems;
}

/** Rules of CreateTaskTemplate: exactly one field of type NAME, and names that tell the fields apart. */
function checkTemplate({ fields }: SeedTaskTemplate, at: Path): readonly SeedProblem[] {
  const names = fields.filter(({ type }) => type === 'NAME').length;
  const problems = [...repeated(fields, 'name', [...at, 'fields'])];
  if (names !== 1) {
    problems.push({ path: [...at, 'fields'], message: `Exactly one must be of type NAME, but ${names} are.` });
  }
  return problems;
}

function repeated<Thing>(things: readonly Thing[], member: keyof Thing & string, at: Path): SeedProblem[] {
  const firsts = new Map<unknown, number>();
  return things.flatMap((thing, index) => {
    const first = firsts.get(thing[member]);
    if (first === undefined) firsts.set(thing[member], index);
    return first === undefined
      ? []
      : [{ path: [...at, index, member], message: `It is that of ${at.at(-1)}[${first}] too.` }];
  });
}

function noSuchTime(path: Path, given: string): SeedProblem {
  return { path, message: `There is no such time as ${given}.` };
}

function unstorableTexts(json: unknown, at: Path): readonly SeedProblem[] {
  if (typeof json === 'string') {
    const why = unstorable(json);
    return why === undefined ? [] : [{ path: at, message: `It holds ${why}, which no store can keep.` }];
  }
  if (typeof json !== 'object' || json === null) return [];
  return Array.isArray(json)
    ? json.flatMap((item, index) => unstorableTexts(item, [...at, index]))
    : Object.entries(json).flatMap(([name, value]) => unstorableTexts(value, [...at, name]));
}
