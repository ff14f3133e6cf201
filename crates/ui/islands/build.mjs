// Fills ../dist with everything the browser needs that is not written by hand: the bundled islands, htmx, the Latin
// font. `npm ci --ignore-scripts && node build.mjs`; no network, no other tool.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '..', 'dist');
const modules = join(here, 'node_modules');

const ISLANDS = ['trend', 'stack', 'graph'];
const COPIES = [
  ['htmx.org/dist/htmx.esm.min.js', 'htmx.esm.min.js'],
  ['@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', 'fonts/inter-latin.woff2'],
];
const LICENCES = ['htmx.org', '@fontsource-variable/inter', 'echarts', 'zrender', 'tslib', 'cytoscape'];

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'fonts'), { recursive: true });
await mkdir(join(dist, 'licences'), { recursive: true });

await build({
  absWorkingDir: here,
  entryPoints: ISLANDS.map((name) => `${name}.js`),
  outdir: join(dist, 'islands'),
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  chunkNames: 'c-[hash]',
  legalComments: 'linked',
  logLevel: 'warning',
});

for (const [from, to] of COPIES) await copyFile(join(modules, from), join(dist, to));

// Each package's own licence text travels with the files made from it.
for (const name of LICENCES) {
  const text = await licence(join(modules, name));
  await writeFile(join(dist, 'licences', `${name.replace(/[@/]/g, '_')}.txt`), text);
}

async function licence(folder) {
  const texts = [];
  for (const file of ['LICENSE', 'LICENSE.txt', 'NOTICE']) {
    try {
      texts.push(await readFile(join(folder, file), 'utf8'));
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  if (texts.length === 0) throw new Error(`no licence text in ${folder}`);
  return texts.join('\n\n');
}
