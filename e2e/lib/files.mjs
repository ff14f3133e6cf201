// Department files as journeys send them.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Two rows of a delivery of another month of 2025; the second has words where money belongs. */
export async function delivery(world, month) {
  const folder = (await readdir(world.county)).find((name) => name.includes('民政局'));
  const file = (await readdir(join(world.county, folder))).find((name) => /^高龄津贴发放_更正/.test(name));
  const bytes = await readFile(join(world.county, folder, file));
  const [header, one, two] = new TextDecoder('gb18030').decode(bytes).replace(/^\uFEFF/, '').split(/\r?\n/);
  const moved = [one, two].map((row) => row.replaceAll('2025-01', `2025-${month}`).replace('2025年1月', `2025-${month}`).replaceAll('202501', `2025${month}`));
  const text = `\uFEFF${header}\n${moved[0]}\n${moved[1].replace(/,50\.00,/, ',五十元,')}\n`;
  return { name: `高龄津贴发放_2025年${month}月.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) };
}
