import assert from 'node:assert/strict';

import { PHONE, as } from '../lib/visitor.mjs';

const stateOf = (visitor) => visitor.text('.page-head .st');

/** Makes the year due and says for whom the department's liaison declares: the unit with the fewest officials. */
async function opens(world) {
  await as(world, 'duty', {}, async (duty) => {
    await duty.goto('/');
    await duty.click('a[href="/kinship"]');
    await duty.fill('#open', { year: String(new Date().getFullYear()) });
    assert.ok((await duty.count('.kin-units tbody tr')) > 5, 'units are rows');
    await duty.look('kinship-year');
  });
  const units = JSON.parse(await world.run('kinship', 'list', '--format', 'json'));
  const [unit] = units.sort((a, b) => a.total - b.total);
  await world.run('kinship', 'account', 'civil', '--unit', unit.unit);
  return unit.unit;
}

/** Reloads until a worker has compared the declaration. */
async function compared(visitor, path) {
  for (let tries = 0; tries < 60; tries += 1) {
    await visitor.goto(path);
    if ((await stateOf(visitor)) !== '待比对') return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  assert.fail('nobody compared the declaration');
}

/** The liaison declares on a phone without scripts, answers what differs, and puts the list together. */
async function declares(world, unit) {
  let list;
  await as(world, 'civil', { size: PHONE, scripts: false }, async (civil) => {
    await civil.goto('/kinship');
    assert.equal(await civil.count('.kin-units tbody tr'), 1, 'the own unit only');
    await civil.click(`a[href^="/kinship/units/${unit}"]`);
    await civil.click('td.main a');
    const path = new URL(civil.page.url()).pathname;
    const row = { 'r0-kin_name': '温苗', 'r0-relation': 'child', 'r0-matter': 'company' };
    await civil.fill('#declare', row, 422);
    assert.equal(await civil.count('#declare-r0-detail-error'), 1, 'a matter is told in words');
    await civil.look('declaration-wrong');
    await civil.fill('#declare', { ...row, 'r0-detail': '持股三成' });
    await compared(civil, path);
    if ((await civil.count('#complete')) > 0) {
      const names = await civil.page.locator('#complete textarea').evaluateAll((all) => all.map((one) => one.name));
      await civil.look('declaration-differences');
      await civil.fill('#complete', Object.fromEntries(names.map((name) => [name, '登记信息滞后'])));
    }
    assert.equal(await stateOf(civil), '待公示');
    await civil.goto(`/kinship/units/${unit}`);
    await civil.fill('#publish', {});
    assert.equal(await civil.count('#release'), 0, 'it takes a second person');
    assert.ok(!(await civil.text('main')).includes('温苗'), 'names are masked');
    list = new URL(civil.page.url()).pathname;
  });
  return list;
}

/** A second person reads the list word for word and releases it. */
async function releases(world, list) {
  await as(world, 'leader', { lang: 'en' }, async (leader) => {
    await leader.goto(list);
    await leader.look('kinship-list');
    await leader.click('#release button[value="release"]');
    assert.equal(await stateOf(leader), 'Shown');
  });
}

/** Due, declared, compared, published; three people. */
async function whole(world) {
  const unit = await opens(world);
  const list = await declares(world, unit);
  await releases(world, list);
}

export default { 'kinship: declare, compare, publish': whole };
