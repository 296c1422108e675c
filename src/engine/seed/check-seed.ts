import type { Path } from '../../connect/violation.js';
import { unstorable } from '../../util/storable-text.js';
import type { Seed, SeedInstance, SeedProblem, SeedTaskTemplate } from './seed.js';

/** Checks the rules that the schema cannot express and that need no database. */
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
      problems.push(invalidTime([...path, 'initiatedAt'], initiatedAt));
    else if (endedAt !== undefined && Number.isNaN(to)) problems.push(invalidTime([...path, 'endedAt'], endedAt));
    else if (Number(to) < Number(from)) {
      problems.push({ path: [...path, 'endedAt'], message: 'It must not be before initiatedAt.' });
    }
  }
  return problems;
}

/** Checks the rules of CreateTaskTemplate: exactly one field of type NAME, and unique names. */
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
      : [{ path: [...at, index, member], message: `It must be unique, but ${at.at(-1)}[${first}] has it too.` }];
  });
}

function invalidTime(path: Path, text: string): SeedProblem {
  return { path, message: `It must be an existing time, but it is ${text}.` };
}

function unstorableTexts(json: unknown, at: Path): readonly SeedProblem[] {
  if (typeof json === 'string') {
    const why = unstorable(json);
    return why === undefined ? [] : [{ path: at, message: `It contains ${why}, which cannot be stored. Remove it.` }];
  }
  if (typeof json !== 'object' || json === null) return [];
  return Array.isArray(json)
    ? json.flatMap((item, index) => unstorableTexts(item, [...at, index]))
    : Object.entries(json).flatMap(([name, value]) => unstorableTexts(value, [...at, name]));
}
