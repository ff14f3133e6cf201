import assert from 'node:assert/strict';

import { PHONE, as } from '../lib/visitor.mjs';

const DESK = '/data/identities';

/** The address of the first pair that the desk lists under this query; null where there is none. */
async function first(visitor, query) {
  await visitor.goto(`${DESK}?${query}`);
  const link = visitor.page.locator(`tbody td.main a[href^="${DESK}/"]`).first();
  return (await link.count()) ? link.getAttribute('href') : null;
}

/** Says whether the two of the open page are one. */
async function rule(visitor, decision, note) {
  await visitor.page.locator('#rule textarea[name="note"]').fill(note);
  await visitor.click(`#rule button[value="${decision}"]`);
  assert.equal(await visitor.count('.flash[role="status"]'), 1, 'the ruling is confirmed');
}

/** One person looks at a pair side by side, sees the values for a reason, rules, and takes it back. */
async function ruled(world) {
  await as(world, 'duty', {}, async (duty) => {
    await duty.goto('/data');
    await duty.click(`main a[href="${DESK}"]`);
    await duty.look('identities');
    const path = await first(duty, 'touched=no');
    assert.ok(path, 'the county leaves something in doubt');
    await duty.goto(path);
    await duty.look('identity');
    const masked = await duty.text('.pair');
    await duty.page.locator('.unmask summary').click();
    await duty.page.locator('#reveal-reason').fill('核对户籍底册');
    await duty.click('#reveal button');
    assert.notEqual(await duty.text('.pair'), masked, 'the values are shown');
    await duty.look('identity-shown');
    await duty.goto(path);
    assert.equal(await duty.text('.pair'), masked, 'and masked again');
    await duty.click('tbody a[href*="/source/"]');
    await duty.look('identity-line');
    await duty.goto(path);
    await rule(duty, 'not_same', '两人同名，户籍不同');
    assert.equal(await duty.count('#rule'), 0, 'it is ruled');
    await duty.page.locator('#undo textarea').fill('再核对一次');
    await duty.click('#undo button');
    assert.equal(await duty.count('#rule'), 1, 'it is open again');
    assert.equal(await duty.count('.timeline li'), 3, 'looked at, ruled, undone');
  });
}

/** Where an open warning is touched, the first person waits and the second one answers, on a phone and in English. */
async function confirmed(world) {
  let path = null;
  await as(world, 'duty', {}, async (duty) => {
    path = await first(duty, 'touched=yes');
    if (!path) return;
    await duty.goto(path);
    await rule(duty, 'same', '户籍底册为同一人');
    assert.equal(await duty.count('#answer, #rule, #undo'), 0, 'it takes another person');
  });
  if (!path) return;
  await as(world, 'leader', { lang: 'en', size: PHONE }, async (leader) => {
    await leader.goto(path);
    await leader.look('identity-to-answer');
    await leader.page.locator('#answer textarea').fill('Let us look at the register first');
    await leader.click('#answer button[value="decline"]');
    assert.equal(await leader.count('#rule'), 1, 'it is open again');
  });
}

/** Everything goes without scripts. */
async function unscripted(world) {
  await as(world, 'duty', { scripts: false }, async (duty) => {
    const path = await first(duty, 'touched=no&kind=person');
    if (!path) return;
    await duty.goto(path);
    await rule(duty, 'not_same', '');
    await duty.page.locator('#undo textarea').fill('试用');
    await duty.click('#undo button');
  });
}

export default {
  'data: a pair is ruled and the ruling undone': ruled,
  'data: a second person answers for a pair': confirmed,
  'data: a pair is ruled without scripts': unscripted,
};
