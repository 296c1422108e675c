import { type Browser, chromium } from 'playwright-core';

/**
 * Starts a headless Chromium: CHROMIUM_PATH, or the one that Debian's package installs. Names other than loopback do
 * not resolve in it, so that neither a page nor the browser itself can reach beyond this machine.
 */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The sandbox refuses to run as root, as which CI machines and containers mostly run.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}
