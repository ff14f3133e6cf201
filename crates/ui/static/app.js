// All of the page's own script: mounts islands, sends filters, counts ticked rows, says when a request failed.
// Every page works without it.

const ISLANDS = {
  trend: () => import('../dist/islands/trend.js'),
  stack: () => import('../dist/islands/stack.js'),
  graph: () => import('../dist/islands/graph.js'),
};

/** Mounted islands: element -> { dispose }. */
const live = new Map();

async function mount(element) {
  const load = ISLANDS[element.dataset.island];
  if (!load) return;
  live.get(element)?.dispose?.();
  const entry = {};
  live.set(element, entry);
  element.setAttribute('data-island-ready', '');
  const canvas = element.querySelector(':scope > [data-island-canvas]');
  // A style sheet may hide a chart where it would be too small; then its table stays open.
  if (canvas.offsetParent === null) return;
  const table = element.querySelector(':scope > details');
  table.open = false;
  try {
    const data = JSON.parse(element.querySelector(':scope > script[type="application/json"]').textContent);
    const island = await load();
    // The element may have been swapped for newer data while the module was loading.
    if (live.get(element) !== entry) return;
    const dispose = island.mount(canvas, data);
    if (element.isConnected) entry.dispose = dispose;
    else dispose();
  } catch (error) {
    element.setAttribute('data-island-failed', '');
    table.open = true;
    console.error(`island ${element.dataset.island}`, error);
  }
}

function syncIslands() {
  for (const [element, entry] of live) {
    if (element.isConnected) continue;
    entry.dispose?.();
    live.delete(element);
  }
  document.querySelectorAll('[data-island]:not([data-island-ready])').forEach(mount);
}

// A filter applies as soon as it is chosen; typed ones with Enter.
document.addEventListener('change', (event) => {
  if (event.target.matches('form[data-submits] select')) event.target.form.requestSubmit();
});

// Filters that say nothing stay out of the address.
document.addEventListener('formdata', (event) => {
  if (event.target.method !== 'get') return;
  for (const [name, value] of [...event.formData]) {
    if (value === '') event.formData.delete(name);
  }
});

function syncTicks(table) {
  const boxes = [...table.querySelectorAll('tbody input[type="checkbox"]')];
  const ticked = boxes.filter((box) => box.checked).length;
  document.querySelectorAll('[data-ticked]').forEach((place) => (place.textContent = ticked));
  const all = table.querySelector('[data-tick-all]');
  all.checked = boxes.length > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

document.addEventListener('change', (event) => {
  const box = event.target;
  const table = box.closest?.('table[data-ticks]');
  if (!table || box.type !== 'checkbox') return;
  if (box.matches('[data-tick-all]')) {
    table.querySelectorAll('tbody input[type="checkbox"]').forEach((one) => (one.checked = box.checked));
  }
  syncTicks(table);
});

// Closes an open menu when the person goes elsewhere.
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

function say(shown) {
  document.querySelectorAll('[data-failure]').forEach((place) => (place.hidden = !shown));
}
document.addEventListener('htmx:before:request', () => say(false));
document.addEventListener('htmx:error', () => say(true));
document.addEventListener('htmx:response:error', () => say(true));

document.addEventListener('htmx:after:swap', () => {
  syncIslands();
  document.querySelectorAll('table[data-ticks]').forEach(syncTicks);
});

// What is under way tells how far it is; when it is over, or nobody knows of it any more, the page is asked again.
for (const place of document.querySelectorAll('[data-progress]')) {
  const told = new EventSource(place.dataset.progress);
  const end = () => {
    told.close();
    location.reload();
  };
  told.addEventListener('message', (event) => (place.innerHTML = event.data));
  told.addEventListener('over', end);
  told.addEventListener('error', () => told.readyState === EventSource.CLOSED && end());
}

// On a phone the rail is a strip that scrolls sideways: the current entry should be in sight.
document.querySelector('.rail [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

syncIslands();
