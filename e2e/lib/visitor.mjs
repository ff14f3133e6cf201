// One person at one browser: logs in, goes to pages, fills forms, and is asked at the end whether all was well.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { violations } from './axe.mjs';
import { STAFF } from './server.mjs';
import { watch } from './watch.mjs';

export const OUT = join(import.meta.dirname, '..', 'out');
export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
const PATIENCE = 20_000;

/** The end of a navigation, past its redirects. */
export function isPage(response) {
  const isRedirect = response.status() >= 300 && response.status() < 400;
  return response.request().isNavigationRequest() && !isRedirect;
}

export class Visitor {
  /** `options`: lang, size, scripts, scheme ("light" or "dark"). */
  static async at(world, options = {}) {
    const { lang = 'zh-CN', size = WIDE, scripts = true, scheme = 'light' } = options;
    const context = await world.browser.newContext({
      baseURL: world.base,
      locale: lang,
      viewport: size,
      colorScheme: scheme,
      javaScriptEnabled: scripts,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(PATIENCE);
    const { problems, expected } = await watch(context, world.base);
    return new Visitor({ context, problems, expected, lang, scheme, scripts, page: await context.newPage() });
  }

  constructor(parts) {
    Object.assign(this, parts);
  }

  /** Logs in as one of the demo's people. */
  async logIn(who) {
    const { name, password, home = '/' } = STAFF[who];
    await this.goto('/login');
    await this.fill('.gate-box form', { name, password });
    assert.equal(new URL(this.page.url()).pathname, home, `${name} is in`);
    return this;
  }

  /** Opens a page and expects this status. */
  async goto(path, status = 200) {
    const answer = await this.answering(status, () => this.page.goto(path, { waitUntil: 'load' }));
    assert.equal(answer.status(), status, `${path} answers ${status}`);
  }

  /** Does something that is answered with a status that is a problem elsewhere. */
  async answering(status, action) {
    const isNew = status >= 400 && !this.expected.has(status);
    if (isNew) this.expected.add(status);
    try {
      return await action();
    } finally {
      if (isNew) this.expected.delete(status);
    }
  }

  /** Fills the fields of a form by name and sends it; the page that follows is loaded when this returns. */
  async fill(form, fields, status = 200) {
    const place = this.page.locator(form);
    for (const [name, value] of Object.entries(fields)) await this.#set(place, name, value);
    await this.click(place.locator('button.primary'), status);
  }

  async #set(form, name, value) {
    const radio = form.locator(`input[type="radio"][name="${name}"][value="${value}"]`);
    const select = form.locator(`select[name="${name}"]`);
    const typed = form.locator(`:is(input:not([type="radio"]), textarea)[name="${name}"]`);
    if (await radio.count()) await radio.check();
    else if (await select.count()) await select.selectOption(value);
    else await typed.fill(value);
  }

  /** Clicks something that leads to another page, and waits for it. */
  async click(target, status = 200) {
    const place = typeof target === 'string' ? this.page.locator(target).first() : target;
    const answer = await this.answering(status, async () => {
      const steps = [this.page.waitForResponse(isPage), this.page.waitForEvent('load'), place.click()];
      return (await Promise.all(steps))[0];
    });
    assert.equal(answer.status(), status, `${answer.url()} answers ${status}`);
  }

  /** The text of the first element that matches, with blanks folded. */
  async text(selector) {
    const text = await this.page.locator(selector).first().innerText();
    return text.replace(/\s+/g, ' ').trim();
  }

  count(selector) {
    return this.page.locator(selector).count();
  }

  /** Judges the page as it stands: axe, and no sideways overflow. */
  async judge(what) {
    const found = this.scripts ? await violations(this.page) : [];
    const { full, seen } = await this.page.evaluate(() => ({
      full: document.documentElement.scrollWidth,
      seen: document.documentElement.clientWidth,
    }));
    if (full > seen) found.push(`${full - seen} px wider than the screen`);
    this.problems.push(...found.map((one) => `${what}: ${one}`));
  }

  /** Two frames: charts follow their box in the first. */
  settle() {
    return this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  /** Judges the page and takes its picture, `out/<name>-<lang>-<scheme>-<width>.png`. */
  async look(name) {
    await mkdir(OUT, { recursive: true });
    if (this.scripts) await this.settle();
    const shot = `${name}-${this.lang}-${this.scheme}-${this.page.viewportSize().width}`;
    await this.judge(shot);
    await this.page.screenshot({ path: join(OUT, `${shot}.png`), fullPage: true });
  }

  /** Says good-bye; everything that went wrong meanwhile is said now. */
  async leave() {
    await this.context.close();
    if (this.problems.length) throw new Error(`not as it should be:\n  ${this.problems.join('\n  ')}`);
  }
}

/** Does something with a logged-in visitor, who leaves afterwards whatever happened. */
export async function as(world, who, options, action) {
  const visitor = await Visitor.at(world, options);
  try {
    if (who) await visitor.logIn(who);
    await action(visitor);
  } catch (error) {
    await mkdir(OUT, { recursive: true });
    await visitor.page.screenshot({ path: join(OUT, 'failure.png'), fullPage: true }).catch(() => {});
    error.message += `\n  at ${visitor.page.url()} (out/failure.png)${visitor.problems.map((one) => `\n  ${one}`).join('')}`;
    await visitor.context.close();
    throw error;
  }
  await visitor.leave();
}
