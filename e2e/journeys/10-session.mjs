import assert from 'node:assert/strict';

import { STAFF } from '../lib/server.mjs';
import { PHONE, WIDE, as } from '../lib/visitor.mjs';

/** Wrong first, then right; then out again. */
async function inAndOut(world) {
  await as(world, null, {}, async (visitor) => {
    await visitor.goto('/warnings?level=red');
    assert.match(visitor.page.url(), /\/login\?next=/, 'whoever is not in is sent to the log-in');
    await visitor.look('login');
    await visitor.fill('.gate-box form', { name: 'duty', password: 'not this one' }, 401);
    assert.match(await visitor.text('[role="alert"]'), /用户名或密码不对/);
    assert.equal(await visitor.page.inputValue('#login-name'), 'duty', 'the name stays');
    await visitor.fill('.gate-box form', { name: 'duty', password: STAFF.duty.password });
    assert.match(visitor.page.url(), /\/warnings\?level=red$/, 'on to where the person wanted to go');
    await visitor.page.click('details.menu summary');
    await visitor.click('form[action="/logout"] button');
    assert.match(visitor.page.url(), /\/login/);
    await visitor.goto('/');
    assert.match(visitor.page.url(), /\/login/, 'the session is over');
  });
}

/** The other language keeps the page and its query. */
async function language(world) {
  await as(world, 'duty', { lang: 'zh-CN' }, async (visitor) => {
    await visitor.goto('/warnings?level=red&state=all');
    assert.equal(await visitor.text('h1'), '预警');
    await visitor.click('form[action="/language"] button');
    assert.match(visitor.page.url(), /\/warnings\?.*level=red/);
    assert.match(visitor.page.url(), /state=all/);
    assert.equal(await visitor.page.getAttribute('html', 'lang'), 'en');
    assert.equal(await visitor.text('h1'), 'Warnings');
    await visitor.click('form[action="/language"] button');
    assert.equal(await visitor.text('h1'), '预警');
  });
}

/** The theme is kept, and paints the page. */
async function theme(world) {
  const paper = (visitor) => visitor.page.evaluate(() => getComputedStyle(document.querySelector('.top')).backgroundColor);
  await as(world, 'duty', {}, async (visitor) => {
    await visitor.goto('/models');
    const light = await paper(visitor);
    await visitor.page.click('details.menu summary');
    await visitor.click('form[action="/theme"] button[value="dark"]');
    assert.match(visitor.page.url(), /\/models$/);
    assert.equal(await visitor.page.getAttribute('html', 'data-theme'), 'dark');
    assert.notEqual(await paper(visitor), light);
    await visitor.page.click('details.menu summary');
    await visitor.page.keyboard.press('Escape');
    assert.equal(await visitor.count('details.menu[open]'), 0, 'Escape closes the menu');
  });
}

/** What is not there and what is not allowed has a page that says so, with a number to quote. */
async function errors(world) {
  for (const options of [{ lang: 'zh-CN', size: WIDE }, { lang: 'en', size: PHONE }]) {
    await as(world, 'handler', options, async (visitor) => {
      for (const path of ['/nowhere', '/warnings/wrn_0', '/models/XX-000', '/source/1.0.2']) await visitor.goto(path, 404);
      assert.match(await visitor.text('main'), /G\d{4}/);
      await visitor.look('error-404');
      await visitor.goto('/data', 403);
      assert.match(await visitor.text('main'), /G\d{4} forbidden/);
      await visitor.look('error-403');
    });
  }
}

export default {
  'log in wrong, then right, then out': inAndOut,
  'the other language keeps the page': language,
  'the theme is kept': theme,
  'error pages': errors,
};
