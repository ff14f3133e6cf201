// node pictures.mjs BINARY: the pictures that the README shows, from the demo county that the journeys use.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { open } from './lib/browser.mjs';
import { start } from './lib/server.mjs';
import { first, islands } from './lib/steps.mjs';
import { as } from './lib/visitor.mjs';

const FOLDER = join(import.meta.dirname, '..', 'docs', 'pictures');
const LANGUAGES = { zh: 'zh-CN', en: 'en' };

async function take(world, short, lang) {
  await as(world, 'duty', { lang }, async (visitor) => {
    const shoot = (name) => visitor.page.screenshot({ path: join(FOLDER, `${name}-${short}.png`) });
    await visitor.goto('/warnings');
    await shoot('inbox');
    await visitor.goto(await first(visitor, 'state=all&model=VP-PRJ-001'));
    await islands(visitor);
    await visitor.settle();
    await shoot('warning');
  });
}

const [binary] = process.argv.slice(2);
if (!binary) {
  console.error('usage: node pictures.mjs BINARY');
  process.exit(2);
}
const server = await start(binary);
const browser = await open();
try {
  await mkdir(FOLDER, { recursive: true });
  for (const [short, lang] of Object.entries(LANGUAGES)) await take({ ...server, browser }, short, lang);
} finally {
  await browser.close();
  await server.stop();
}
