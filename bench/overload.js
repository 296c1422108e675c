/**
 * What overload does to those who are served: the load that the gateway can serve, its latency at a tenth of that, then
 * three times as much as it can serve, then a tenth again. A first burst is not counted: refusing has to be compiled too.
 *
 *   npm run bench:overload              10 s of overload, the default bound
 *   npm run bench:overload -- 20 32     20 s, with MAX_CONCURRENT_REQUESTS=32
 */
import { CREATION, startGatewayProcess } from './support/gateway-process.js';
import { closedLoad, openLoad, quantile } from './support/load.js';

const [seconds = 10, bound] = process.argv.slice(2).map(Number);
/** Callers of the closed load: below the bound, so that none is refused. */
const CALLERS = Math.min(64, bound ?? 64);
/** How long the first burst is, in milliseconds. */
const FIRST_BURST_MS = 3_000;
/** How long a piece of the time after the burst is, in milliseconds. */
const PIECE_MS = 250;

const gateway = await startGatewayProcess(bound === undefined ? {} : { MAX_CONCURRENT_REQUESTS: String(bound) });
try {
  await closedLoad(gateway.url, CREATION, CALLERS, 3_000);
  const { rate } = await closedLoad(gateway.url, CREATION, CALLERS, 5_000);
  await openLoad(gateway.url, CREATION, rate * 3, FIRST_BURST_MS);
  const calm = await openLoad(gateway.url, CREATION, rate / 10, 5_000);
  const calmP99 = quantile(times(calm.answers, 200), 0.99);
  const burst = await openLoad(gateway.url, CREATION, rate * 3, seconds * 1000);
  const after = await openLoad(gateway.url, CREATION, rate / 10, 3_000);

  const [accepted, refused] = [times(burst.answers, 200), times(burst.answers, 503)];
  const lost = burst.answers.length - accepted.length - refused.length;
  const acceptedP99 = quantile(accepted, 0.99);
  console.log(`It can serve ${rate.toFixed(0)} creations/s (${CALLERS} callers).`);
  console.log(`At a tenth of that: p50 ${ms(quantile(times(calm.answers, 200), 0.5))}, p99 ${ms(calmP99)}.`);
  console.log(
    `At three times that, for ${seconds} s: ${accepted.length} accepted (${(accepted.length / seconds).toFixed(0)}/s), p50 ${ms(quantile(accepted, 0.5))}, p99 ${ms(acceptedP99)}, ${(acceptedP99 / calmP99).toFixed(1)} times the p99 of before;`,
  );
  console.log(
    `  ${refused.length} refused, p50 ${ms(quantile(refused, 0.5))}, p99 ${ms(quantile(refused, 0.99))}; ${lost} without an answer, ${burst.unsent} not sent.`,
  );
  console.log(`Afterwards it is as before within ${recovered(after.answers, calmP99)} ms.`);
} finally {
  await gateway.stop();
}

function times(answers, wanted) {
  return answers.filter(({ status }) => status === wanted).map(({ took }) => took);
}

/** From when on nothing is refused, and the latency is near what it was. */
function recovered(answers, calmP99) {
  const isLate = ({ status, took }) => status !== 200 || took > calmP99 * 1.5;
  let until = 0;
  for (let at = 0; at < 3_000; at += PIECE_MS) {
    const piece = answers.filter((answer) => answer.at >= at && answer.at < at + PIECE_MS);
    if (piece.filter(isLate).length > piece.length * 0.05) until = at + PIECE_MS;
  }
  return until === 0 ? PIECE_MS : until;
}

function ms(value) {
  return `${value.toFixed(1)} ms`;
}
