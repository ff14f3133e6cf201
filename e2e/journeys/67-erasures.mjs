import assert from 'node:assert/strict';

import { delivery } from '../lib/files.mjs';
import { send } from '../lib/steps.mjs';
import { PHONE, as } from '../lib/visitor.mjs';

const PAYMENTS = 'elderly_allowance_payment';

/** Reloads until the worker has come so far that this is on the page. */
async function until(visitor, selector) {
  for (let tries = 0; tries < 60; tries += 1) {
    await visitor.goto('/data/erasures');
    if ((await visitor.count(selector)) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  assert.fail(`${selector} did not come`);
}

/** One asks, another agrees, and the person is gone; the page says that it happened and not to whom. */
async function erased(world) {
  const file = await delivery(world, '05');
  const [number] = file.buffer.toString().match(/\b87\d{15}[\dX]\b/);
  await as(world, 'duty', {}, async (duty) => {
    await send(duty, PAYMENTS, file);
    await duty.goto('/data');
    await duty.click('a[href="/data/erasures"]');
    await duty.fill('#ask', { number: '8701', ground: '本人依法申请' }, 422);
    assert.equal(await duty.count('#ask-number-error'), 1);
    await duty.fill('#ask', { number, ground: '本人依法申请' });
    await until(duty, '#e1 tbody tr');
    assert.ok(!(await duty.text('main')).includes(number), 'the number is masked');
    assert.equal(await duty.count('#e1 button'), 0, 'it takes another person');
    await duty.look('erasure-asked');
  });
  await as(world, 'leader', { lang: 'en', size: PHONE }, async (leader) => {
    await leader.goto('/data/erasures');
    await leader.look('erasure-to-answer');
    await leader.click('#e1 button[value="agree"]');
    await until(leader, '#e1 .tag[data-tone="ok"]');
    assert.ok(!(await leader.text('#e1')).includes(number.slice(-4)), 'nothing says who it was');
    await leader.look('erasure-done');
  });
}

export default { 'data: a person is erased': erased };
