/**
 * What metrics and traces cost: the same load on gateways without them and with them, in short turns, since a machine's
 * speed changes from one second to the next. Compilers are not alike twice, so that there are several sets of gateways.
 * The processor time of a creation shows the cost best.
 *
 *   npm run bench:observability            three sets of gateways, 40 turns each
 *   npm run bench:observability -- 5 60    five sets, 60 turns each
 */
import { createServer } from 'node:http';
import { CREATION, startGatewayProcess } from './support/gateway-process.js';
import { closedLoad, quantile } from './support/load.js';

const [sets = 3, turns = 40] = process.argv.slice(2).map(Number);
const CALLERS = 32;
/** Compiling takes the first seconds of a process, the more the more code runs; it is not what running costs. */
const WARM_UP_MS = 8_000;
const TURN_MS = 400;

/** A collector that takes everything and looks at nothing. */
const collector = createServer((request, response) => {
  request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
});
await new Promise((resolve) => collector.listen(0, '127.0.0.1', resolve));
const endpoint = `http://127.0.0.1:${collector.address().port}`;

const VARIANTS = {
  off: {},
  metrics: { METRICS: 'on' },
  'metrics and traces': { METRICS: 'on', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
};
const NAMES = Object.keys(VARIANTS);
const ratios = Object.fromEntries(NAMES.map((name) => [name, { cpu: [], rate: [] }]));
for (let set = 1; set <= sets; set++) {
  const [gateways, runs] = [{}, {}];
  for (const name of NAMES) {
    gateways[name] = await startGatewayProcess(VARIANTS[name]);
    runs[name] = { creations: 0, cpu: 0 };
  }
  try {
    for (const name of NAMES) await closedLoad(gateways[name].url, CREATION, CALLERS, WARM_UP_MS);
    for (let turn = 0; turn < turns; turn++) {
      for (const name of turn % 2 === 0 ? NAMES : NAMES.toReversed()) await run(gateways[name], runs[name]);
    }
  } finally {
    for (const gateway of Object.values(gateways)) await gateway.stop();
  }
  for (const name of NAMES) {
    ratios[name].cpu.push(costOf(runs[name]) / costOf(runs.off));
    ratios[name].rate.push(runs[name].creations / runs.off.creations);
  }
  process.stderr.write(
    `set ${set} of ${sets}: ${NAMES.map((name) => `${name} ${costOf(runs[name]).toFixed(0)} µs`).join(', ')}\n`,
  );
}
collector.closeAllConnections();
collector.close();
for (const name of NAMES.slice(1)) {
  const { cpu, rate } = ratios[name];
  console.log(
    `${name}: ${percent(quantile(cpu, 0.5))} processor time a creation (${cpu.map(percent).join(', ')}), ${percent(quantile(rate, 0.5))} creations/s`,
  );
}

async function run(gateway, total) {
  const before = gateway.cpuSeconds();
  const { answers } = await closedLoad(gateway.url, CREATION, CALLERS, TURN_MS);
  total.cpu += gateway.cpuSeconds() - before;
  total.creations += answers.length;
}

/** Microseconds of processor time a creation. */
function costOf({ cpu, creations }) {
  return (cpu * 1e6) / creations;
}

function percent(ratio) {
  return `${ratio >= 1 ? '+' : ''}${((ratio - 1) * 100).toFixed(1)} %`;
}
