import assert from 'node:assert/strict';

import { delivery } from '../lib/files.mjs';
import { send, take } from '../lib/steps.mjs';
import { PHONE, as } from '../lib/visitor.mjs';

const PAYMENTS = 'elderly_allowance_payment';

const stateOf = (visitor) => visitor.text('.page-head .st');

/** The duty officer asks for all columns but the account number; the address of the request. */
async function asks(world) {
  let path;
  await as(world, 'duty', {}, async (duty) => {
    await duty.goto(`/data/${PAYMENTS}`);
    await duty.click(`a[href="/data/requests/new?dataset=${PAYMENTS}"]`);
    await duty.look('request-new');
    await duty.page.locator('input[name="columns"][value="account_no"]').uncheck();
    await duty.page.locator('input[name="models"][value="BF-GEN-001"]').check();
    await duty.fill('#ask', { purpose: '核对死亡后仍发放的高龄津贴', basis: '县数据共享办法第八条' });
    assert.match(await duty.text('.flash[role="status"]'), /已提交/);
    assert.equal(await stateOf(duty), '待部门答复');
    assert.equal(await duty.count('#answer'), 0, 'nobody answers what they asked');
    path = new URL(duty.page.url()).pathname;
  });
  return path;
}

/** The department sees nothing but its requests; without a reason it cannot refuse; then it agrees, on a phone, without scripts. */
async function agrees(world, path) {
  await as(world, 'civil', { size: PHONE, scripts: false }, async (civil) => {
    assert.equal(await civil.count('a[href="/data"]'), 0, 'what may not be opened is not linked to');
    await civil.goto('/data', 403);
    await civil.goto('/warnings', 403);
    await civil.goto('/data/requests');
    await civil.click(`a[href="${path}"]`);
    await civil.fill('#answer', { decision: 'refuse' }, 422);
    assert.equal(await civil.count('#answer-reason-error'), 1);
    await civil.fill('#answer', { decision: 'agree', reason: '同意共享' });
    assert.equal(await stateOf(civil), '已同意');
    await civil.look('request-agreed');
  });
}

/** The way is chosen; the first delivery makes it live by itself, without the column that was not agreed. */
async function goesLive(world, path) {
  const file = await delivery(world, '06');
  await as(world, 'duty', {}, async (duty) => {
    await duty.goto(path);
    await take(duty, 'connect', { link: 'copy' });
    assert.equal(await stateOf(duty), '接入中');
    await send(duty, PAYMENTS, file);
    assert.match(await duty.text('main'), /数据共享协议未列的列未采用/);
    await duty.goto(path);
    assert.equal(await stateOf(duty), '共享中');
    assert.match(await duty.text('.timeline'), new RegExp(file.name));
    await duty.look('request-live');
  });
}

/** The end is asked for by one person and confirmed by another. */
async function ends(world, path) {
  await as(world, 'duty', {}, async (duty) => {
    await duty.goto(path);
    await take(duty, 'ask-end', { data: 'keep', reason: '专项工作已结束' });
    assert.equal(await stateOf(duty), '待确认终止');
    assert.equal(await duty.count('#confirm-end'), 0, 'it takes a second person');
  });
  await as(world, 'security', { lang: 'en' }, async (security) => {
    await security.goto(path);
    await take(security, 'confirm-end', { decision: 'end' });
    assert.equal(await stateOf(security), 'Ended');
    assert.equal(await security.count('form.form'), 0, 'nothing is left to do');
    await security.look('request-ended');
    await security.goto('/data/requests');
    await security.look('requests');
  });
}

/** Asked, agreed, live, ended; four people. */
async function whole(world) {
  const path = await asks(world);
  await agrees(world, path);
  await goesLive(world, path);
  await ends(world, path);
}

export default { 'request: ask, agree, live, end': whole };
