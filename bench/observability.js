/**
 * What metrics and traces cost: the same load without them and with them, in turns, each on a new gateway. The
 * processor's time for a creation tells it best, since other work on the machine hardly touches that.
 *
 *   npm run bench:observability           five rounds of 4 s each
 *   npm run bench:observability -- 9 6    nine rounds of 6 s each
 */
import { createServer } from 'node:http';
import { CREATION, startGatewayProcess } from './support/gateway-process.js';
import { closedLoad, quantile } from './support/load.js';

const [rounds = 5, seconds = 4] = process.argv.slice(2).map(Number);
const CALLERS = 32;
/** Compiling takes the first seconds of a process, the more the more code runs; it is not what running costs. */
const WARM_UP_MS = 8_000;

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
const ratios = Object.fromEntries(Object.keys(VARIANTS).map((name) => [name, { cpu: [], rate: [] }]));
for (let round = 0; round < rounds; round++) {
  const names = Object.keys(VARIANTS);
  if (round % 2 === 1) names.reverse();
  const runs = {};
  for (const name of names) runs[name] = await run(VARIANTS[name]);
  for (const name of names) {
    ratios[name].cpu.push(runs[name].cpu / runs.off.cpu);
    ratios[name].rate.push(runs[name].rate / runs.off.rate);
  }
  process.stderr.write(`round ${round + 1} of ${rounds}: ${JSON.stringify(runs)}\n`);
}
collector.closeAllConnections();
collector.close();
for (const name of Object.keys(VARIANTS).slice(1)) {
  const { cpu, rate } = ratios[name];
  console.log(
    `${name}: ${percent(quantile(cpu, 0.5))} processor time a creation (${cpu.map(percent).join(', ')}), ${percent(quantile(rate, 0.5))} creations/s`,
  );
}

async function run(settings) {
  const gateway = await startGatewayProcess(settings);
  try {
    await closedLoad(gateway.url, CREATION, CALLERS, WARM_UP_MS);
    const before = gateway.cpuSeconds();
    const { answers, rate } = await closedLoad(gateway.url, CREATION, CALLERS, seconds * 1000);
    const cpu = ((gateway.cpuSeconds() - before) / answers.length) * 1e6;
    return { rate: Math.round(rate), cpu: Math.round(cpu) };
  } finally {
    await gateway.stop();
  }
}

function percent(ratio) {
  return `${ratio >= 1 ? '+' : ''}${((ratio - 1) * 100).toFixed(1)} %`;
}
