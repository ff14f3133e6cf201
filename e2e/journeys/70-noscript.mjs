import assert from 'node:assert/strict';

import { choiceOf, first, inDays, stateOf, take } from '../lib/steps.mjs';
import { PHONE, as } from '../lib/visitor.mjs';

const STILL = { scripts: false };

/** Everything that matters, without a line of script. */
async function plain(world) {
  let path;
  await as(world, 'duty', STILL, async (duty) => {
    assert.ok((await duty.count('#weeks details[open] tbody tr')) > 0, 'the table stands for the chart');
    await duty.look('noscript-dashboard');
    await duty.goto('/warnings');
    await duty.page.selectOption('#filters select[name="state"]', 'new');
    await duty.click('#filters button');
    assert.match(duty.page.url(), /state=new/);
    await duty.look('noscript-inbox');
    path = await first(duty, 'state=new');
    await duty.page.locator('#list tbody input[type="checkbox"]').first().check();
    await duty.fill('#bulk', { assignee: await choiceOf(duty, '#bulk', 'handler'), due: inDays(5) });
    assert.match(await duty.text('.flash[role="status"]'), /1/);
    await duty.goto(path);
    await duty.look('noscript-warning');
    await duty.click('a[href^="/source/"]');
    assert.match(await duty.text('main'), /\.(csv|xlsx)/);
  });
  await as(world, 'handler', { ...STILL, lang: 'en', size: PHONE }, async (handler) => {
    await handler.goto(path);
    await handler.look('noscript-warning');
    await take(handler, 'verify', { verdict: 'explained', reason: 'Two people of the same name' });
    assert.equal(await stateOf(handler), 'Verified');
  });
}

export default { 'without script: log in, filter, assign, verify': plain };
