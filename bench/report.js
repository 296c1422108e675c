/** Turns the figures of the runs into tables, prints them, and puts them into docs/benchmarks.md. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { median } from './lib/figures.js';
import { GENERATOR } from './lib/load.js';
import { WARM_UP_S } from './lib/measure.js';
import { CAN_PIN } from './lib/servers.js';

const DOCUMENT = new URL('../docs/benchmarks.md', import.meta.url);
const require = createRequire(import.meta.url);

/**
 * @param results one entry a run: part, round, server, and its figures or why it failed
 * @param parts what was measured, by name
 */
export function report(results, parts, { write, rounds, seconds }) {
  const sections = Object.entries(Object.groupBy(results, ({ part }) => part)).map(([name, own]) => ({
    name,
    text: section(name, parts[name], own, { rounds, seconds }),
  }));
  console.log(sections.map(({ text }) => text).join('\n'));
  if (write) for (const { name, text } of sections) writeSection(name, text);
}

/** Puts a section into the document, in place of the one of its name. */
export function writeSection(name, text) {
  mkdirSync(new URL('.', DOCUMENT), { recursive: true });
  const document = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '# Benchmarks\n';
  writeFileSync(DOCUMENT, replaced(document, name, text));
}

/** When, with what and on what a section was measured. */
export function circumstances() {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  const today = new Date().toISOString().slice(0, 10);
  return `${today}, Node ${process.versions.node}, ${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/** A table in Markdown, its columns aligned as the formatter of the project wants them. */
export function table(head, rows) {
  const widths = head.map((name, at) => Math.max(name.length, 3, ...rows.map((cells) => String(cells[at]).length)));
  const line = (cells) => `| ${cells.map((cell, at) => String(cell).padEnd(widths[at])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

/** A section stands between two marks, so that a run of one part leaves the others as they are. */
function replaced(document, name, text) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const block = `${begin}\n\n${text}\n${end}`;
  const from = document.indexOf(begin);
  if (from < 0) return `${document.trimEnd()}\n\n${block}\n`;
  return document.slice(0, from) + block + document.slice(document.indexOf(end) + end.length);
}

function section(name, { title, runs, delayMs, where, note }, results, { rounds, seconds }) {
  const first = runs[0].server.name;
  // Runs that are held against another than the first say which; the column then cannot name it.
  const isScaled = runs.some(({ floor }) => floor !== undefined);
  const rateOf = (server, round) => results.find((each) => each.server === server && each.round === round)?.rate;
  const medianOf = (server, figure) => {
    const known = results
      .filter((each) => each.server === server && each.failed === undefined)
      .map((each) => each[figure])
      .filter((value) => value !== undefined);
    return known.length === 0 ? undefined : median(known);
  };
  const rows = runs.map(({ server: { name: server }, floor = first }) => {
    const good = results.filter((each) => each.server === server && each.failed === undefined);
    if (good.length === 0) return results.some((each) => each.server === server) ? [server, 'failed'] : undefined;
    const of = (figure) => medianOf(server, figure);
    const ratios = good.map(({ rate, round }) => rate / rateOf(floor, round)).filter(Number.isFinite);
    // On a busy machine rates swing; the CPU that a request takes swings less.
    const floorCpu = medianOf(floor, 'cpuUs');
    return [
      server,
      round0(of('rate')),
      ratios.length === 0 ? '–' : median(ratios).toFixed(2),
      of('p50').toFixed(1),
      of('p99').toFixed(1),
      round0(of('cpuUs')),
      floorCpu === undefined || of('cpuUs') === undefined ? '–' : (floorCpu / of('cpuUs')).toFixed(2),
      round0(of('rss')),
      ...(isScaled ? [] : [of('callsPerQuery') ?? '–']),
      good.reduce((sum, { errors }) => sum + errors, 0),
    ];
  });
  const held = isScaled ? 'the first of its kind' : first.split(',')[0];
  const head = [
    isScaled ? 'what' : 'server',
    'req/s',
    `ratio to ${held}`,
    'p50 ms',
    'p99 ms',
    'CPU µs',
    `${held}'s CPU over its`,
    'RSS MiB',
    ...(isScaled ? [] : ['upstream calls a query']),
    'errors',
  ];
  const place = where ?? 'server on one core, load and upstream on the other';
  const facts = [
    `${circumstances()}; ${GENERATOR}, ${listed(results, 'connections')} connections, ${rounds} rounds of ${seconds} s after ${WARM_UP_S} s of warm-up, medians`,
    CAN_PIN || where ? place : 'nothing pinned',
    ...(delayMs ? [`the upstream takes ${delayMs} ms a call`] : []),
    `${listed(results, 'contacts')} other contacts`,
    ...(note ? [note] : []),
  ];
  return [
    `## ${name}: ${title}`,
    '',
    `${facts.join('; ')}.${isScaled ? '' : ` ${versions()}`}`,
    '',
    ...table(
      head,
      rows.filter(Boolean).map((row) => [...row, ...head.slice(row.length).map(() => '')]),
    ),
    '',
  ].join('\n');
}

const listed = (results, figure) => [...new Set(results.map((each) => each[figure]))].join(', ');

const round0 = (value) => (value === undefined ? '–' : String(Math.round(value)));

function versions() {
  const { dependencies } = require('./package.json');
  const shown = ['@apollo/server', 'mercurius', 'graphql-yoga', '@graphql-hive/gateway', '@aws-sdk/client-connect'];
  return `${shown.map((name) => `${name} ${dependencies[name]}`).join(', ')}.`;
}
