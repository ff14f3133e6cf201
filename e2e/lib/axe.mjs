// axe, evaluated through the browser's own protocol: the page's policy lets no foreign script in, and stays in force.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ORDER = { resultTypes: ['violations'] };

/** What axe has against the page, one line per rule. */
export async function violations(page) {
  const session = await page.context().newCDPSession(page);
  try {
    const isThere = await evaluate(session, 'typeof axe === "object"');
    if (!isThere) await evaluate(session, `${source}; true`);
    const found = await evaluate(session, `axe.run(document, ${JSON.stringify(ORDER)}).then((done) => done.violations)`);
    return found.map(({ id, nodes }) => `axe ${id}: ${nodes.length} × ${nodes[0].target.join(' ')} ${nodes[0].failureSummary}`);
  } finally {
    await session.detach();
  }
}

async function evaluate(session, expression) {
  const done = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  if (done.exceptionDetails) throw new Error(done.exceptionDetails.exception?.description ?? done.exceptionDetails.text);
  return done.result.value;
}
