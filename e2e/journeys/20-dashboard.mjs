import assert from 'node:assert/strict';

import { islands } from '../lib/steps.mjs';
import { as } from '../lib/visitor.mjs';

const number = (text) => Number(text.replace(/[^\d]/g, ''));

/** The numbers, the chart, and a cell that leads to exactly the warnings it counts. */
async function dashboard(world) {
  await as(world, 'leader', {}, async (visitor) => {
    assert.equal(await visitor.count('.kpis > div'), 6);
    assert.ok(number(await visitor.text('.kpis [data-lv="red"] dd a')) > 0, 'there are red warnings');
    await islands(visitor);
    assert.ok((await visitor.count('#weeks svg path')) > 3, 'the chart is drawn');
    assert.equal(await visitor.count('#weeks details[open]'), 0, 'the table makes room for the chart');
    assert.equal(await visitor.count('[data-island-failed]'), 0);
    const cell = visitor.page.locator('table.heat td a').first();
    const counted = number(await cell.innerText());
    await visitor.click(cell);
    assert.match(visitor.page.url(), /\/warnings\?.*(pack|region)=/);
    assert.equal(await visitor.count('#list tbody tr'), counted, 'the inbox lists what the cell counted');
    await visitor.page.goBack();
    await visitor.click('.kpis [data-lv="red"] dd a');
    assert.match(visitor.page.url(), /level=red/);
  });
}

export default { 'dashboard: numbers, chart, heat': dashboard };
