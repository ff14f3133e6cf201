// node run.mjs BINARY [WORD]: all journeys one after the other, or those whose name contains the word.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { open } from './lib/browser.mjs';
import { start } from './lib/server.mjs';

const [binary, word = ''] = process.argv.slice(2);
if (!binary) {
  console.error('usage: node run.mjs BINARY [WORD]');
  process.exit(2);
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function journeys() {
  const folder = join(import.meta.dirname, 'journeys');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.mjs')).sort();
  const loaded = await Promise.all(files.map((name) => import(join(folder, name))));
  return loaded.flatMap((module) => Object.entries(module.default)).filter(([name]) => name.includes(word));
}

async function travel(world) {
  let failed = 0;
  for (const [name, journey] of await journeys()) {
    const since = performance.now();
    try {
      await journey(world);
      console.log(`ok      ${name} (${seconds(since)})`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name} (${seconds(since)})\n${error.stack}`);
    }
  }
  return failed;
}

const since = performance.now();
const server = await start(binary);
let browser;
const end = async () => {
  await browser?.close();
  await server.stop();
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end().finally(() => process.exit(1)));
try {
  browser = await open();
  const failed = await travel({ ...server, browser });
  console.log(failed ? `${failed} failed (${seconds(since)})` : `all journeys ok (${seconds(since)})`);
  process.exitCode = failed ? 1 : 0;
} finally {
  await end();
}
