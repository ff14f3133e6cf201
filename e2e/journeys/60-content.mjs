import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { delivery } from '../lib/files.mjs';
import { send } from '../lib/steps.mjs';
import { PHONE, as } from '../lib/visitor.mjs';

const PAYMENTS = 'elderly_allowance_payment';

/** What a model asks, with which values, and how it is proven. */
async function model(world) {
  await as(world, 'leader', { lang: 'en' }, async (visitor) => {
    await visitor.goto('/models');
    assert.ok((await visitor.count('tbody td.main a')) >= 24);
    await visitor.click('a[href="/models/BF-GEN-001"]');
    assert.ok((await visitor.count('ul.params b.num')) > 0, 'parameters');
    assert.match(await visitor.text('#sql code'), /SELECT/i);
    assert.ok((await visitor.count('#sql mark[title]')) > 0, 'the values stand in the SQL');
    assert.equal(await visitor.count('.st[data-tone="crit"]'), 0, 'no case fails');
    assert.ok((await visitor.count('main a[href^="/runs/"]')) > 0, 'its last runs');
    await visitor.goto('/models?speech=cannot_tell');
    assert.equal(await visitor.page.getAttribute('a[href="/models?speech=cannot_tell"]', 'aria-current'), 'true');
  });
}

/** The rows that were kept back can be had as a file, with reasons in the page's language. */
async function rejected(world) {
  const words = { 'zh-CN': /行号,.*(请|应)/s, en: /Line,.*(please|not|must|check)/is };
  for (const lang of ['zh-CN', 'en']) {
    await as(world, 'duty', { lang }, async (visitor) => {
      await visitor.goto('/data');
      await visitor.click(`a[href="/data/${PAYMENTS}"]`);
      assert.ok((await visitor.count('main table')) >= 3, 'deliveries, reasons, columns');
      const [download] = await Promise.all([
        visitor.page.waitForEvent('download'),
        visitor.page.locator('a[href$="/rejected.csv"]').first().click(),
      ]);
      assert.match(download.suggestedFilename(), /^rejected-.*\.csv$/);
      const text = await readFile(await download.path(), 'utf8');
      assert.match(text, words[lang]);
      assert.ok(text.trim().split('\n').length > 1, 'at least one row');
    });
  }
}

/** A file through the browser: the good row is taken, the bad one explained; the same file is not taken twice. */
async function upload(world) {
  const file = await delivery(world, '07');
  await as(world, 'duty', {}, async (visitor) => {
    await send(visitor, PAYMENTS, file);
    assert.match(new URL(visitor.page.url()).pathname, /^\/data\/batches\/bat_/, 'its own page, when it is in');
    assert.match(await visitor.text('.flash[role="status"]'), /采用 1 行，未采用 1 行/);
    assert.match(await visitor.text('main'), /“五十元”不是金额/);
    await visitor.look('delivery-after-upload');
    await send(visitor, PAYMENTS, file, 409);
    assert.match(await visitor.text('#upload'), /已经接收过/);
    await visitor.judge('a file that came twice');
  });
  await as(world, 'leader', {}, async (visitor) => {
    await visitor.goto(`/data/${PAYMENTS}`);
    assert.equal(await visitor.count('#upload'), 0, 'a leader takes no files in');
  });
}

/** A delivery's own page, and taking it out of the table again. */
async function withdrawal(world) {
  const file = await delivery(world, '08');
  let path;
  await as(world, 'duty', {}, async (visitor) => {
    await send(visitor, PAYMENTS, file);
    path = new URL(visitor.page.url()).pathname;
    assert.equal(await visitor.text('h1'), file.name);
    assert.equal(await visitor.count('.kpis > div'), 6, 'what became of its rows');
    assert.match(await visitor.text('main'), /“五十元”不是金额/);
    await visitor.look('delivery');
    await visitor.fill('#withdraw', { reason: '部门报错了月份' });
    assert.match(await visitor.text('.flash[role="status"]'), /文件已撤回/);
    assert.match(await visitor.text('main'), /部门报错了月份/);
    assert.equal(await visitor.count('#withdraw'), 0, 'it is withdrawn once');
    await visitor.look('delivery-withdrawn');
    await visitor.goto(`/data/${PAYMENTS}`);
    assert.match(await visitor.text('td.main .tag'), /已撤回/);
  });
  await as(world, 'leader', { lang: 'en', size: PHONE }, async (visitor) => {
    await visitor.goto(path);
    assert.match(await visitor.text('.page-head .st'), /Withdrawn/);
    await visitor.look('delivery-withdrawn');
  });
}

/** A header that nobody knows is proposed, confirmed once, and known from then on. */
async function layout(world) {
  const known = await delivery(world, '09');
  const [header, ...rows] = known.buffer.toString().split('\n');
  const strange = header.split(',').map((word, at) => (/身份证/.test(word) ? '证号' : /金额/.test(word) ? '实发数' : word || `列${at}`));
  const file = (name, month) => {
    const text = [strange.join(','), ...rows.map((row) => row.replaceAll('2025-09', `2025-${month}`).replaceAll('202509', `2025${month}`))].join('\n');
    return { name, mimeType: 'text/csv', buffer: Buffer.from(text) };
  };
  await as(world, 'duty', {}, async (visitor) => {
    await send(visitor, PAYMENTS, file('换了表头.csv', '09'), 422);
    await visitor.goto('/data/quarantine');
    assert.match(await visitor.text('#layouts'), /换了表头\.csv/);
    await visitor.look('quarantine');
    await visitor.click('#layouts a[href$="/layout"]');
    assert.equal(await visitor.page.locator('select[name^="column-0-"]').first().locator('option[selected]').count(), 1, 'something is proposed');
    await visitor.look('layout');
    // Half of the amounts are words, so nothing is proposed for them; without them the file cannot be used.
    await visitor.click('#layout button.primary', 422);
    assert.match(await visitor.text('#layout [role="alert"]'), /发放金额/);
    await visitor.page.locator('#layout tr', { hasText: '实发数' }).locator('select').first().selectOption('amount');
    await visitor.click('#layout button.primary');
    assert.match(await visitor.text('.flash[role="status"]'), /采用 1 行/);
    await send(visitor, PAYMENTS, file('同样的表头.csv', '10'));
    assert.match(await visitor.text('.flash[role="status"]'), /采用 1 行/);
    await visitor.goto(`/data/${PAYMENTS}`);
    await visitor.look('dataset-with-layout');
  });
}

/** What was kept back is found on one desk, which leads to its rows and to where they are sent again. */
async function desk(world) {
  const file = await delivery(world, '11');
  await as(world, 'duty', {}, async (visitor) => {
    await send(visitor, PAYMENTS, file);
    await visitor.click('.rail a[href="/data/quarantine"]');
    const department = visitor.page.locator('#rows tr', { hasText: '民政局' });
    const money = department.filter({ hasText: 'money' }).first();
    await visitor.click(money.locator('a[href*="#deliveries"]'));
    assert.match(visitor.page.url(), /reason=money/);
    assert.ok((await visitor.count('#deliveries a[href$="/rejected.xlsx"]')) >= 1);
    await visitor.look('quarantine-narrowed');
    await visitor.click('#deliveries a[href$="#upload"]');
    assert.equal(await visitor.count('#upload'), 1);
  });
  await as(world, 'leader', { lang: 'en', size: PHONE }, async (visitor) => {
    await visitor.goto('/data/quarantine');
    assert.equal(await visitor.count('a[href*="/rejected."]'), 0, 'a leader looks only');
    await visitor.look('quarantine');
  });
}

/** Rows typed by hand: what lacks something stays, what is right is a delivery that says who typed it and why. */
async function hand(world) {
  const number = '870121195003072218';
  await as(world, 'duty', {}, async (visitor) => {
    await visitor.goto(`/data/${PAYMENTS}`);
    await visitor.click('a[href$="/rows/new"]');
    await visitor.look('hand');
    await visitor.fill('#hand', { 'c0-person_id': number, reason: '纸质凭证 2025-117' }, 422);
    assert.ok((await visitor.count('#hand .error')) > 0, 'what is missing is told beside its field');
    assert.equal(await visitor.page.inputValue('[name="c0-person_id"]'), number, 'what was typed stays');
    await visitor.judge('a form that came back');
    await visitor.click('#hand button[name="more"]');
    assert.equal(await visitor.count('#hand fieldset'), 2);
    assert.equal(await visitor.page.inputValue('[name="c0-person_id"]'), number);
  });
}

/** A file without a line of script: its page asks again by itself. */
async function still(world) {
  const file = await delivery(world, '12');
  await as(world, 'duty', { scripts: false }, async (visitor) => {
    await send(visitor, PAYMENTS, file);
    assert.match(await visitor.text('.flash[role="status"]'), /采用 1 行/);
    assert.equal(await visitor.count('#traces'), 1);
  });
}

/** The catalogue is narrowed by words, and one jumps to a department. */
async function catalogue(world) {
  await as(world, 'leader', {}, async (visitor) => {
    await visitor.goto('/data');
    const all = await visitor.count('td.main a');
    await visitor.page.fill('main input[name="q"]', '高龄津贴');
    await visitor.click('main form.filters button');
    const found = await visitor.count('td.main a');
    assert.ok(found > 0 && found < all, `${found} of ${all}`);
    assert.equal(await visitor.count(`a[href="/data/${PAYMENTS}"]`), 1);
    await visitor.judge('a catalogue that was narrowed');
  });
}

/** Runs and what came out of each model. */
async function runs(world) {
  await as(world, 'leader', {}, async (visitor) => {
    await visitor.goto('/runs');
    assert.ok((await visitor.count('tbody tr')) >= 1);
    await visitor.click('tbody td.main a');
    assert.ok((await visitor.count('tbody tr')) >= 24);
    assert.ok((await visitor.count('a[href="/models/BF-GEN-001"]')) > 0);
  });
}

export default {
  'model: parameters, SQL, cases, runs': model,
  'data: rows kept back as a file': rejected,
  'data: a file through the browser': upload,
  'data: a delivery is withdrawn': withdrawal,
  'data: a header that nobody knows': layout,
  'data: what was kept back': desk,
  'data: rows typed by hand': hand,
  'data: a file without script': still,
  'data: the catalogue is narrowed': catalogue,
  'runs': runs,
};
