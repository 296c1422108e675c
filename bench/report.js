/** Turns the figures of the runs into tables, prints them, and puts them into docs/benchmarks.md. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { median } from './lib/figures.js';
import { GENERATOR } from './lib/load.js';
import { CAN_PIN } from './lib/servers.js';
import { WORKLOADS } from './workloads.js';

const DOCUMENT = new URL('../docs/benchmarks.md', import.meta.url);
const require = createRequire(import.meta.url);

/** @param results one entry a run: workload, round, server, and its figures or why it failed */
export function report(results, { write, rounds, seconds, contacts }) {
  const sections = [...new Set(results.map(({ workload }) => workload))].map((name) => ({
    name,
    text: section(
      name,
      results.filter(({ workload }) => workload === name),
      { rounds, seconds, contacts },
    ),
  }));
  console.log(sections.map(({ text }) => text).join('\n'));
  if (!write) return;
  mkdirSync(new URL('.', DOCUMENT), { recursive: true });
  let document = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '# Benchmarks\n';
  for (const { name, text } of sections) document = replaced(document, name, text);
  writeFileSync(DOCUMENT, document);
}

/** A section stands between two marks, so that a run of one part leaves the others as they are. */
function replaced(document, name, text) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const block = `${begin}\n\n${text}\n${end}`;
  const from = document.indexOf(begin);
  if (from < 0) return `${document.trimEnd()}\n\n${block}\n`;
  return document.slice(0, from) + block + document.slice(document.indexOf(end) + end.length);
}

function section(name, results, { rounds, seconds, contacts }) {
  const { title, runs, delayMs } = WORKLOADS[name];
  const servers = runs.map(({ server }) => server.name);
  const floor = servers[0];
  const rateOf = (server, round) => results.find((each) => each.server === server && each.round === round)?.rate;
  // On a busy machine rates swing; the CPU that a request takes swings less.
  const cpuOfFloor = results
    .filter((each) => each.server === floor && each.cpuUs !== undefined)
    .map(({ cpuUs }) => cpuUs);
  const floorCpu = cpuOfFloor.length === 0 ? undefined : median(cpuOfFloor);
  const rows = servers.map((server) => {
    const good = results.filter((each) => each.server === server && each.failed === undefined);
    if (good.length === 0) return results.some((each) => each.server === server) ? [server, 'failed'] : undefined;
    const of = (figure) => {
      const known = good.map((each) => each[figure]).filter((value) => value !== undefined);
      return known.length === 0 ? undefined : median(known);
    };
    const ratios = good.map(({ rate, round }) => rate / rateOf(floor, round)).filter(Number.isFinite);
    return [
      server,
      round0(of('rate')),
      ratios.length === 0 ? '–' : median(ratios).toFixed(2),
      of('p50').toFixed(1),
      of('p99').toFixed(1),
      round0(of('cpuUs')),
      floorCpu === undefined || of('cpuUs') === undefined ? '–' : (floorCpu / of('cpuUs')).toFixed(2),
      round0(of('rss')),
      of('callsPerQuery') ?? '–',
      good.reduce((sum, { errors }) => sum + errors, 0),
    ];
  });
  const head = [
    'server',
    'req/s',
    `ratio to ${floor.split(',')[0]}`,
    'p50 ms',
    'p99 ms',
    'CPU µs',
    `${floor.split(',')[0]}'s CPU over its`,
    'RSS MiB',
    'upstream calls a query',
    'errors',
  ];
  const lines = [
    head,
    head.map(() => '---'),
    ...rows.filter(Boolean).map((row) => [...row, ...head.slice(row.length).map(() => '')]),
  ];
  const [{ connections }] = results;
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  return [
    `## ${name}: ${title}`,
    '',
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB; ` +
      `${GENERATOR}, ${connections} connections, ${rounds} rounds of ${seconds} s, medians; ${CAN_PIN ? 'server on one core, load and upstream on the other' : 'nothing pinned'}` +
      `${delayMs ? `; the upstream takes ${delayMs} ms a call` : ''}; ${contacts} other contacts. ${versions()}`,
    '',
    ...lines.map((line) => `| ${line.join(' | ')} |`),
    '',
  ].join('\n');
}

const round0 = (value) => (value === undefined ? '–' : String(Math.round(value)));

function versions() {
  const { dependencies } = require('./package.json');
  const shown = ['@apollo/server', 'mercurius', 'graphql-yoga', '@graphql-hive/gateway', '@aws-sdk/client-connect'];
  return `${shown.map((name) => `${name} ${dependencies[name]}`).join(', ')}.`;
}
