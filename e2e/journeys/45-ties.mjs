import assert from 'node:assert/strict';

import { first } from '../lib/steps.mjs';
import { PHONE, as } from '../lib/visitor.mjs';

const FULL = /\b87\d{15}[\dX]\b/;

/** From a warning about an official and a supplier to how they are tied, step by step, and to a record behind a step. */
async function tied(world) {
  await as(world, 'duty', {}, async (duty) => {
    await duty.goto(await first(duty, 'model=KR-BUS-003'));
    await duty.click('a[href^="/ties?warning="]');
    assert.doesNotMatch(await duty.text('main'), FULL, 'the form names parties by masked names');
    await duty.look('ties-ask');
    await duty.fill('#ask', { reason: '核实是否应当回避' });
    assert.ok((await duty.count('.ways li')) > 0, 'there is a way');
    assert.match(await duty.text('.ways li'), /是/, 'in a sentence');
    assert.ok((await duty.count('svg.ties circle')) >= 2, 'the persons are drawn');
    assert.ok((await duty.count('svg.ties rect')) >= 1, 'the supplier is drawn');
    assert.doesNotMatch(await duty.text('main'), FULL, 'numbers of people are masked');
    await duty.look('ties');
    const record = await duty.page.locator('a[href^="/source/"]').first().getAttribute('href');
    await duty.page.click('.parties details summary');
    await duty.page.fill('.parties details[open] input[name="reason"]', '约谈前核对身份');
    await duty.click('.parties details[open] button');
    assert.match(await duty.text('.parties .shown'), FULL, 'one person is opened for a reason');
    await duty.goto(record);
    assert.match(await duty.text('main'), /第 [\d,]+ 行/, 'the record behind a step');
    assert.doesNotMatch(await duty.text('main'), FULL);
  });
}

/** A number that is none comes back, on a phone, in English, in the dark. */
async function asked(world) {
  await as(world, 'leader', { lang: 'en', size: PHONE, scheme: 'dark' }, async (leader) => {
    await leader.goto('/ties');
    await leader.fill('#ask', { from: '8701', to: '91870121MA0X01018P', reason: 'to check' }, 422);
    assert.equal(await leader.count('#ask-from-error'), 1);
    await leader.look('ties-wrong');
  });
}

export default {
  'ties: from an official to a supplier': tied,
  'ties: a wrong number comes back': asked,
};
