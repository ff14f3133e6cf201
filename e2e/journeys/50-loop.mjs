import assert from 'node:assert/strict';

import { assign, first, stateOf, take, verify } from '../lib/steps.mjs';
import { as, isPage } from '../lib/visitor.mjs';

const NEW = 'state=new&model=BF-ELD-006';
const MONEY = '1234.50';

async function works(world, path) {
  await as(world, 'handler', {}, async (handler) => {
    await verify(handler, path, 'true', '调阅发放底册并电话核对，领取人已迁出');
    await take(handler, 'dispose', { to_recover: MONEY, note: '通知退回多领部分，停发' });
    await take(handler, 'recover', { amount: '1000', note: '票据 0017' });
    await take(handler, 'submit', { reason: '其余分期归还' });
    assert.equal(await handler.count('#review'), 0, 'nobody reviews their own work');
    const csrf = await handler.page.inputValue('input[name="csrf"] >> nth=0');
    const answer = await handler.context.request.post(`${path}/review`, {
      form: { csrf, version: '1', decision: 'accept', reason: '同意' },
      headers: { origin: world.base },
    });
    assert.equal(answer.status(), 403, 'not by hand either');
  });
}

async function returns(world, path) {
  await as(world, 'leader', {}, async (leader) => {
    await leader.goto(path);
    await take(leader, 'review', { decision: 'return_to_dispose', reason: '请补齐余款后再送' });
    assert.equal(await stateOf(leader), '处置中');
  });
}

async function mends(world, path) {
  await as(world, 'handler', {}, async (handler) => {
    await handler.goto(path);
    assert.match(await handler.text('.timeline'), /请补齐余款后再送/);
    await take(handler, 'recover', { amount: '234.50', note: '票据 0018' });
    await take(handler, 'submit', {});
  });
}

async function accepts(world, path) {
  await as(world, 'leader', {}, async (leader) => {
    await leader.goto(path);
    await take(leader, 'review', { decision: 'accept', reason: '事实清楚，款已追回，同意办结' });
    assert.equal(await stateOf(leader), '已办结');
    assert.match(await leader.text('.hero .facts'), /1,234\.50/);
    assert.equal(await leader.count('form.form'), 0, 'nothing is left to do');
    await leader.look('warning-closed');
    await leader.goto('/');
    assert.match(await leader.text('.kpis'), /1,234|1235|0\.12/, 'the money is on the dashboard');
  });
}

/** From unassigned to closed with three people, once there and back. */
async function whole(world) {
  let path;
  await as(world, 'duty', {}, async (duty) => {
    path = await first(duty, NEW);
    await assign(duty, path, 'handler', '请一周内核实');
    assert.equal(await stateOf(duty), '核查中');
    assert.match(await duty.text('.timeline'), /沈怀瑾/);
  });
  await works(world, path);
  await returns(world, path);
  await mends(world, path);
  await accepts(world, path);
}

/** A form that is incomplete comes back with what was typed. */
async function incomplete(world) {
  await as(world, 'duty', {}, async (duty) => {
    const path = await first(duty, NEW);
    await assign(duty, path, 'handler');
    await as(world, 'handler', { lang: 'en' }, async (handler) => {
      await handler.goto(path);
      await take(handler, 'verify', { verdict: 'true', reason: 'Payment list and home visit agree' });
      await handler.fill('#dispose', { to_recover: 'a lot', note: 'Repayment agreed' }, 422);
      assert.equal(await handler.page.inputValue('#dispose-to_recover'), 'a lot');
      assert.equal(await handler.page.inputValue('#dispose-note'), 'Repayment agreed');
      assert.match(await handler.text('#dispose-to_recover-error'), /1234\.56/);
      await handler.judge('a form that came back');
    });
  });
}

/** Explained, and cannot tell: both end closed, with no money. */
async function otherEnds(world) {
  for (const [verdict, reason] of [['explained', '同名同姓，查证件照确认为两人'], ['cannot_tell', '原始凭证因水损无法调阅']]) {
    let path;
    await as(world, 'duty', {}, async (duty) => {
      path = await first(duty, 'state=new&model=VP-LAB-001');
      await assign(duty, path, 'handler');
    });
    await as(world, 'handler', {}, (handler) => verify(handler, path, verdict, reason));
    await as(world, 'leader', {}, async (leader) => {
      await leader.goto(path);
      await take(leader, 'review', { decision: 'accept', reason: '理由成立' });
      assert.equal(await stateOf(leader), '已办结');
      assert.match(await leader.text('.timeline'), new RegExp(reason));
    });
  }
}

/** A handler's inbox holds their own warnings; another's does not exist for them. */
async function strangers(world) {
  let path;
  await as(world, 'duty', {}, async (duty) => {
    path = await first(duty, 'state=new');
    await assign(duty, path, 'handler');
  });
  await as(world, 'other', {}, async (other) => {
    await other.goto('/warnings?state=all');
    assert.equal(await other.count(`a[href="${path}"]`), 0);
    await other.goto(path, 404);
  });
}

/** Two close the same warning at once: one does, the other is told. */
async function race(world) {
  let path;
  await as(world, 'duty', {}, async (duty) => {
    path = await first(duty, 'state=new&model=VP-LAB-001');
    await assign(duty, path, 'handler');
    await as(world, 'handler', {}, (handler) => verify(handler, path, 'explained', '已查原始记工单，系两处用工'));
    await as(world, 'leader', {}, async (leader) => {
      await Promise.all([duty.goto(path), leader.goto(path)]);
      const accept = { decision: 'accept', reason: '同意办结' };
      const answers = await Promise.all([duty, leader].map((one) => tried(one, accept)));
      assert.deepEqual(answers.toSorted(), [200, 409]);
      const late = answers[0] === 409 ? duty : leader;
      assert.match(await late.text('main'), /别人刚刚改动了这条内容.*G\d{4}/);
      await late.goto(path);
      assert.equal(await stateOf(late), '已办结');
    });
  });
}

/** Sends the review and says with which status it was answered. */
async function tried(visitor, fields) {
  visitor.expected.add(409);
  const page = visitor.page;
  await page.check(`#review input[value="${fields.decision}"]`);
  await page.fill('#review-reason', fields.reason);
  const [answer] = await Promise.all([
    page.waitForResponse(isPage),
    page.waitForEvent('load'),
    page.click('#review button.primary'),
  ]);
  return answer.status();
}

export default {
  'the loop, with three people, there and back': whole,
  'a form comes back with what was typed': incomplete,
  'explained, and cannot tell': otherEnds,
  'a handler does not see other people\'s warnings': strangers,
  'two close the same warning at once': race,
};
