import assert from 'node:assert/strict';

import { choiceOf, inDays } from '../lib/steps.mjs';
import { as } from '../lib/visitor.mjs';

const ROWS = '#list tbody tr';
const ids = (visitor) => visitor.page.locator(ROWS).evaluateAll((rows) => rows.map((row) => row.id));
const levels = (visitor) => visitor.page.locator(ROWS).evaluateAll((rows) => [...new Set(rows.map((row) => row.dataset.lv))]);

/** Does something that swaps the list in place, and waits until the list and the address say so. */
async function swap(visitor, address, action) {
  const [answer] = await Promise.all([
    visitor.page.waitForResponse((one) => new URL(one.url()).pathname === '/warnings' && one.request().headers()['hx-request'] === 'true'),
    action(),
  ]);
  assert.equal(answer.status(), 200);
  await visitor.page.waitForURL(address);
  await visitor.settle();
}

/** Levels, filters, the search: the list alone is swapped, the address follows. */
async function filters(world) {
  await as(world, 'duty', {}, async (visitor) => {
    await visitor.goto('/warnings');
    await visitor.page.evaluate(() => (window.isSamePage = true));
    await swap(visitor, /level=yellow/, () => visitor.page.click('#segments a[href*="level=yellow"]'));
    assert.deepEqual(await levels(visitor), ['yellow']);
    assert.equal(await visitor.page.getAttribute('#segments a[href*="level=yellow"]', 'aria-current'), 'true');
    const pack = await visitor.page.locator('select[name="pack"] option').nth(1).getAttribute('value');
    await swap(visitor, /pack=/, () => visitor.page.selectOption('select[name="pack"]', pack));
    assert.match(visitor.page.url(), /level=yellow/, 'the level stays');
    assert.ok(await visitor.page.evaluate(() => window.isSamePage), 'the page itself was not loaded again');
    await visitor.goto('/warnings');
    const number = await visitor.text(`${ROWS} .main .id`);
    await swap(visitor, /q=/, async () => {
      await visitor.page.fill('#filters input[name="q"]', number);
      await visitor.page.press('#filters input[name="q"]', 'Enter');
    });
    assert.equal(await visitor.count(ROWS), 1, 'a number finds its warning');
    await visitor.goto('/warnings?q=%E6%97%A0%E6%AD%A4');
    assert.equal(await visitor.count('.empty'), 1, 'nothing found says so');
  });
}

/** The next page follows on the first without a gap; back shows the first again. */
async function pages(world) {
  await as(world, 'duty', {}, async (visitor) => {
    await visitor.goto('/warnings');
    const before = await ids(visitor);
    await swap(visitor, /after=/, () => visitor.page.click('.panel-foot a[href*="after="]'));
    const after = await ids(visitor);
    assert.ok(after.length > 0 && after.every((id) => !before.includes(id)), 'other warnings');
    await visitor.page.goBack();
    await visitor.page.waitForFunction((id) => document.querySelector('#list tbody tr')?.id === id, before[0]);
    assert.deepEqual(await ids(visitor), before, 'back shows what was there');
    assert.ok(!visitor.page.url().includes('after='));
    await visitor.page.goForward();
    await visitor.page.waitForFunction((id) => document.querySelector('#list tbody tr')?.id === id, after[0]);
  });
}

/** Three ticked warnings go to one handler with one deadline. */
async function bulk(world) {
  await as(world, 'duty', {}, async (visitor) => {
    await visitor.goto('/warnings?state=new&level=yellow');
    const chosen = (await ids(visitor)).slice(0, 3);
    for (const id of chosen) await visitor.page.check(`[id="${id}"] input[type="checkbox"]`);
    assert.equal(await visitor.text('[data-ticked]'), '3');
    const due = inDays(20);
    await visitor.fill('#bulk', { assignee: await choiceOf(visitor, '#bulk', 'other'), due });
    assert.match(await visitor.text('.flash'), /3/);
    assert.match(visitor.page.url(), /state=new&level=yellow|level=yellow&state=new/);
    for (const id of chosen) assert.equal(await visitor.count(`[id="${id}"]`), 0, 'no longer unassigned');
    await visitor.goto('/warnings?state=assigned&level=yellow');
    for (const id of chosen) {
      assert.match(await visitor.text(`[id="${id}"] .c-state`), /陆望舒/);
      assert.equal(await visitor.page.getAttribute(`[id="${id}"] .due`, 'title'), due);
    }
  });
}

export default {
  'inbox: levels, filters, search': filters,
  'inbox: next page and back': pages,
  'inbox: three assigned at once': bulk,
};
