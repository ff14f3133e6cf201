import assert from 'node:assert/strict';

import { PHONE, as } from '../lib/visitor.mjs';

/** Objects are listed by name; units open at once, a person for a reason, and nothing on the way names anybody. */
async function opened(world) {
  await as(world, 'duty', {}, async (duty) => {
    await duty.goto('/');
    await duty.click('.rail a[href="/objects"]');
    assert.ok((await duty.count('#objects tbody tr')) > 0, 'officials are listed');
    assert.doesNotMatch(await duty.text('main'), /\b87\d{15}[\dX]\b/);
    await duty.look('objects');
    await duty.goto('/objects?kind=unit');
    await duty.click('#objects tbody tr:first-child a');
    assert.equal(await duty.count('#open'), 0, 'a unit needs no reason');
    await duty.page.locator('#about summary').first().click();
    await duty.look('object-unit');
    await duty.goto('/objects?kind=collective');
    await duty.click('#objects tbody tr:first-child a');
    assert.ok((await duty.count('#terms tbody tr')) > 0, 'the committee of its village is listed');
    assert.doesNotMatch(await duty.text('main'), /\b87\d{15}[\dX]\b/);
    await duty.look('object-collective');
    await duty.goto('/objects');
    await duty.click('#objects tbody tr:first-child a');
    await duty.fill('#open', { reason: ' ' }, 422);
    await duty.fill('#open', { reason: '核实任职情况' });
    assert.equal(await duty.count('#terms .terms svg'), 1, 'terms of office are drawn');
    assert.doesNotMatch(await duty.text('main'), /\b87\d{15}[\dX]\b/);
    await duty.look('object-official');
    await duty.click('#terms tbody tr:first-child a');
    assert.doesNotMatch(await duty.text('main'), /\b87\d{15}[\dX]\b/);
  });
  await as(world, 'leader', { lang: 'en', size: PHONE }, async (leader) => {
    await leader.goto('/objects');
    await leader.click('#objects tbody tr:first-child a');
    await leader.look('object-ask');
    await leader.fill('#open', { reason: 'check a post' });
    await leader.look('object-on-a-phone');
    await leader.fill('#reveal', { reason: 'call them back' });
    assert.match(await leader.text('main'), /\b87\d{15}[\dX]\b/, 'the full number is in the answer');
  });
}

export default { 'objects: a person opens for a reason': opened };
