import { first, islands } from '../lib/steps.mjs';
import { PHONE, WIDE, as } from '../lib/visitor.mjs';

const PLAIN = {
  models: '/models',
  model: '/models/BF-GEN-001',
  runs: '/runs',
  data: '/data',
  freshness: '/data/freshness',
  coverage: '/data/elderly_allowance_payment/coverage',
  connections: '/data/connections',
  requests: '/data/requests',
  erasures: '/data/erasures',
  identities: '/data/identities',
  quarantine: '/data/quarantine',
  hand: '/data/elderly_allowance_payment/rows/new',
};

async function see(visitor) {
  await visitor.goto('/login');
  await visitor.look('login');
  await visitor.logIn('duty');
  await islands(visitor);
  await visitor.look('dashboard');
  await visitor.goto('/warnings?state=all');
  await visitor.look('inbox');
  for (const [name, path] of Object.entries(PLAIN)) {
    await visitor.goto(path);
    await visitor.look(name);
  }
  await visitor.goto('/data/elderly_allowance_payment');
  await visitor.look('dataset');
  await visitor.click('a[href^="/data/batches/bat_"]:not([download])');
  await visitor.look('delivery');
  await visitor.goto('/runs');
  await visitor.click('tbody td.main a');
  await visitor.look('run');
  for (const [name, model] of [['warning-graph', 'VP-PRJ-001'], ['warning-trend', 'BF-GEN-001']]) {
    await visitor.goto(await first(visitor, `state=all&model=${model}`));
    await islands(visitor);
    await visitor.look(name);
  }
}

/** Every page in this language, size and scheme. */
function tour(options) {
  return (world) => as(world, null, options, see);
}

export default {
  'every page, zh-CN': tour({ lang: 'zh-CN', size: WIDE }),
  'every page, zh-CN, phone': tour({ lang: 'zh-CN', size: PHONE }),
  'every page, en': tour({ lang: 'en', size: WIDE }),
  'every page, en, phone': tour({ lang: 'en', size: PHONE }),
  'every page, zh-CN, dark': tour({ lang: 'zh-CN', size: WIDE, scheme: 'dark' }),
  'every page, en, dark, phone': tour({ lang: 'en', size: PHONE, scheme: 'dark' }),
};
