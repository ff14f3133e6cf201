// The steps of the loop as people take them on a warning's page.
import assert from 'node:assert/strict';

import { STAFF } from './server.mjs';

/** The day so many days from now, as a date field takes it. */
export function inDays(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The address of the first warning that the inbox lists under this query. */
export async function first(visitor, query) {
  await visitor.goto(`/warnings?${query}`);
  return visitor.page.locator('#list td.main a').first().getAttribute('href');
}

/** The choice in a list of handlers that names this person. */
export function choiceOf(visitor, form, who) {
  const option = visitor.page.locator(`${form} select[name="assignee"] option`, { hasText: STAFF[who].shown });
  return option.getAttribute('value');
}

/** Opens a warning and gives it to somebody. */
export async function assign(visitor, path, who, note = '') {
  await visitor.goto(path);
  const assignee = await choiceOf(visitor, '#assign', who);
  await visitor.fill('#assign', { assignee, due: inDays(10), note });
  assert.equal(await visitor.count('.flash[role="status"]'), 1, 'the assignment is confirmed');
}

/** Fills one of the forms of an open warning's page and sees it confirmed. */
export async function take(visitor, step, fields) {
  await visitor.fill(`#${step}`, fields);
  assert.equal(await visitor.count('.flash[role="status"]'), 1, `${step} is confirmed`);
}

/** Opens a warning, says what verification found, and hands it over when that ends the work. */
export async function verify(visitor, path, verdict, reason) {
  await visitor.goto(path);
  await take(visitor, 'verify', { verdict, reason });
  if (verdict !== 'true') await take(visitor, 'submit', {});
}

/** Sends a file for a dataset and waits until the program is done with it. `status`: how its page answers in the end. */
export async function send(visitor, key, file, status = 200) {
  await visitor.goto(`/data/${key}`);
  await visitor.page.setInputFiles('#upload-file', file);
  await visitor.answering(status, async () => {
    await visitor.page.locator('#upload button.primary').click();
    await visitor.page.waitForURL(/\/data\/(batches|intakes)\//);
    await over(visitor);
  });
}

/** Waits until the page of a file that is being taken in has become another one. */
export async function over(visitor) {
  await visitor.page.locator('[data-progress]').waitFor({ state: 'detached' });
  await visitor.page.waitForLoadState('load');
}

/** What the page says of the warning's state: a tone and a word in the page's language. */
export function stateOf(visitor) {
  return visitor.text('.hero-title .st');
}

/** Waits until every chart and graph is drawn, or has left its place to its table where there is no room for it. */
export function islands(visitor) {
  return visitor.page.waitForFunction(() => {
    const isDone = (island) => island.querySelector(':scope > details[open], svg path, canvas') !== null;
    const all = [...document.querySelectorAll('[data-island]')];
    return all.length > 0 && all.every((island) => island.hasAttribute('data-island-ready') && isDone(island));
  });
}
