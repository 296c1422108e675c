/**
 * How soon GraphiQL can be used: opens it five times, each in a new browser with nothing cached.
 *
 *   npm start                                        (in another terminal)
 *   node bench/graphiql-interactive.js [address]     (omitted: http://127.0.0.1:4000)
 *
 * In ms from the start of the navigation: `shown`, the first operation stands in the editor and the button to run it is
 * there; `typed`, a letter typed into it after that is on the screen; `answered`, so is the answer to the operation.
 */
import { cpus } from 'node:os';
import { launchChromium } from '../test/support/chromium.ts';
import { median } from './lib/figures.js';

const RUNS = 5;
const address = process.argv[2] ?? 'http://127.0.0.1:4000';

/** Runs in the page, before anything of its own: notes in each frame what has become true. */
function watch() {
  const textOf = (selector) => document.querySelector(selector)?.textContent ?? '';
  const conditions = {
    shown: () => textOf('.graphiql-query-editor .view-line') && document.querySelector('.graphiql-execute-button'),
    typed: () => textOf('.graphiql-query-editor .view-line').includes('~'),
    answered: () => textOf('.result-window .view-lines').includes('"data"'),
  };
  window.seen = {};
  const look = () => {
    for (const [name, holds] of Object.entries(conditions)) {
      if (!(name in window.seen) && holds()) window.seen[name] = Math.round(performance.now());
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function measure() {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.addInitScript(watch);
    const until = (name) => page.waitForFunction((key) => key in window.seen, name, { polling: 'raf' });
    await page.goto(`${address}/graphql`, { waitUntil: 'commit' });
    await until('shown');
    await page.click('.graphiql-query-editor .view-line');
    await page.keyboard.insertText('~');
    await until('typed');
    await page.keyboard.press('Backspace');
    await page.click('.graphiql-execute-button');
    await until('answered');
    return await page.evaluate(() => {
      const resources = performance.getEntriesByType('resource');
      return {
        ...window.seen,
        requests: resources.length,
        'kB received': Math.round(resources.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1_000),
      };
    });
  } finally {
    await browser.close();
  }
}

const runs = [];
for (let run = 0; run < RUNS; run += 1) runs.push(await measure());
const medians = Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))]));
console.log(`GraphiQL at ${address}, ${cpus().length} cores, Node ${process.versions.node}`);
console.table({ ...runs, median: medians });
