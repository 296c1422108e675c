/**
 * Measures the CPU of one creation's validation, by class-validator alone and with the compiled plan before it: five
 * rounds in pairs, 20,000 creations each.
 *
 *   npm run bench:validation
 */
import 'reflect-metadata';
import {
  ConnectFlowSourceInput,
  CreateTaskContactInput,
} from '../dist/graphql/create-task-contact/create-task-contact.input.js';
import { withCompiledPlan } from '../dist/validation/compiled-plan.js';
import { classValidator } from '../dist/validation/input-validator.js';
import { CREATION } from './lib/content.js';
import { median, shownRatios } from './lib/figures.js';

const { contactFlowId, ...members } = CREATION;
const flow = Object.assign(new ConnectFlowSourceInput(), { contactFlowId });
const input = Object.assign(new CreateTaskContactInput(), members, { flow });

const families = ['api', 'gateway', 'engine'];
const reference = classValidator(families);
const compiled = withCompiledPlan(families, reference);

const rounds = Array.from({ length: 5 }, () => [microseconds(compiled), microseconds(reference)]);
for (const [index, name] of ['with the compiled plan', 'by class-validator alone'].entries()) {
  console.log(`${name}: ${median(rounds.map((round) => round[index])).toFixed(1)} µs of CPU`);
}
console.log(`the plan takes ${shownRatios(rounds.map(([plan, alone]) => plan / alone))} the CPU`);

function microseconds(validate, count = 20_000) {
  const before = process.cpuUsage();
  for (let nth = 0; nth < count; nth++) validate(input, ['input']);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
