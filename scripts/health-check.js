/** Ends with 0 where the gateway on this machine can serve requests, else with 1: a container's health check. */
const { HOST = '127.0.0.1', PORT = '4000' } = process.env;
/** Less than the container's engine waits. */
const TIMEOUT_MS = 2_000;

// One that listens everywhere listens on loopback too.
const everywhere = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };
const host = everywhere[HOST] ?? (HOST.includes(':') ? `[${HOST}]` : HOST);
try {
  const { ok } = await fetch(`http://${host}:${PORT}/health/ready`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
