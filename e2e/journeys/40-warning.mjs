import assert from 'node:assert/strict';

import { first, islands } from '../lib/steps.mjs';
import { as } from '../lib/visitor.mjs';

/** A finding about people and companies: why, the lines behind it, the relations drawn. */
async function evidence(world) {
  await as(world, 'duty', {}, async (visitor) => {
    await visitor.goto(await first(visitor, 'model=VP-PRJ-001'));
    assert.ok((await visitor.text('.why')).length > 20, 'a sentence says why');
    assert.ok((await visitor.count('.why mark')) > 0, 'with the values marked');
    await islands(visitor);
    assert.ok((await visitor.count('#graph canvas')) > 0, 'the graph is drawn');
    assert.equal(await visitor.count('#graph details[open], [data-island-failed]'), 0, 'the graph stands for its table');
    await visitor.page.click('a[hx-get^="/source/"]');
    await visitor.page.waitForSelector('#source-line dl');
    const line = await visitor.text('#source-line');
    assert.match(line, /\.(csv|xlsx)/, 'the file');
    assert.match(line, /局|委|部/, 'the department');
    assert.match(line, /第 \d+ 行/, 'the line');
    assert.doesNotMatch(line, /\b87\d{15}[\dX]\b/, 'numbers of people are masked');
    const href = await visitor.page.locator('a[hx-get^="/source/"]').first().getAttribute('href');
    await visitor.goto(href);
    assert.match(await visitor.text('main'), /\.(csv|xlsx)/, 'the line has a page of its own too');
    await visitor.look('source');
  });
}

/** Payments over time are drawn as a line. */
async function trend(world) {
  await as(world, 'duty', {}, async (visitor) => {
    await visitor.goto(await first(visitor, 'model=BF-GEN-001'));
    await islands(visitor);
    assert.ok((await visitor.count('#trend svg path')) > 3, 'the line is drawn');
    await visitor.page.click('#trend summary');
    assert.ok((await visitor.count('#trend tbody tr')) > 1, 'the same numbers as a table');
  });
}

/** A full number is shown for a reason only, and the reason is kept. */
async function reveal(world) {
  await as(world, 'duty', {}, async (visitor) => {
    const path = await first(visitor, 'model=BF-GEN-001');
    await visitor.goto(path);
    const masked = await visitor.text('#parties .id span');
    assert.match(masked, /\*/);
    await visitor.page.click('#parties details summary');
    await visitor.page.click('#parties details[open] button');
    assert.equal(await visitor.count('#parties .shown'), 0, 'not without a reason');
    const reason = '核对领取人身份，电话回访前';
    await visitor.page.fill('#parties details[open] input[name="reason"]', reason);
    await visitor.page.click('#parties details[open] button');
    await visitor.page.waitForSelector('#parties .shown');
    assert.match(await visitor.text('#parties .shown'), /^87\d{15}[\dX]$/, 'the full number');
    await visitor.goto(path);
    assert.equal(await visitor.count('#parties .shown'), 0, 'masked again on the next visit');
    assert.ok((await visitor.text('.timeline')).includes(reason), 'the timeline has the reason');
  });
}

export default {
  'warning: why, source line, graph': evidence,
  'warning: trend': trend,
  'warning: a number is revealed for a reason': reveal,
};
