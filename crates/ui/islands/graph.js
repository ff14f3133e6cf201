// Relation graph: { nodes: [{ id, label, kind, subject, x, y }], edges: [{ from, to, label, hot }] }.
// Positions come from the server, so that everybody sees, and prints, the same picture.
import cytoscape from 'cytoscape';
import { onThemeChange, theme } from './theme.js';

export function mount(canvas, data) {
  keepStyleOut();
  const graph = cytoscape({
    container: canvas,
    minZoom: 0.4,
    maxZoom: 1.6,
    userZoomingEnabled: false,
    userPanningEnabled: false,
    boxSelectionEnabled: false,
    autoungrabify: true,
    elements: [...data.nodes.map(node), ...data.edges.map(edge)],
    layout: { name: 'preset', fit: true, padding: 28 },
    style: sheet(theme()),
  });
  const stopTheme = onThemeChange(() => graph.style(sheet(theme())));
  const resize = new ResizeObserver(() => {
    graph.resize();
    graph.fit(undefined, 28);
  });
  resize.observe(canvas);
  return () => {
    stopTheme();
    resize.disconnect();
    graph.destroy();
  };
}

// cytoscape adds a <style> unless an element of this id exists; the CSP would refuse it, and our CSS says the same.
function keepStyleOut() {
  const id = '__________cytoscape_stylesheet';
  if (document.getElementById(id)) return;
  const marker = document.createElement('meta');
  marker.id = id;
  document.head.append(marker);
}

const node = ({ x, y, subject, ...data }) => ({
  data,
  position: { x, y },
  classes: subject ? 'subject' : '',
});

const edge = ({ from, to, label, hot, bend }) => ({
  data: { source: from, target: to, label, bend: bend ?? 0 },
  classes: [hot && 'hot', bend && 'bent'].filter(Boolean).join(' '),
});

function sheet(colours) {
  const kind = (element) => colours.kind(element.data('kind'));
  const plate = { 'text-background-color': colours.surface, 'text-background-opacity': 1, 'text-background-padding': 3 };
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        'text-wrap': 'wrap',
        'text-max-width': 150,
        'text-valign': 'bottom',
        'text-margin-y': 6,
        'line-height': 1.3,
        'font-family': colours.font,
        'font-size': 13,
        color: colours.ink,
        width: 30,
        height: 30,
        'background-color': kind,
        ...plate,
      },
    },
    { selector: 'node.subject', style: { width: 40, height: 40, 'border-width': 4, 'border-color': colours.red } },
    { selector: 'node[kind="org"]', style: { shape: 'round-rectangle' } },
    {
      selector: 'node[kind="unit"]',
      style: {
        shape: 'round-rectangle',
        'background-color': colours.surface,
        'border-width': 2.5,
        'border-color': kind,
      },
    },
    { selector: 'node[kind="record"]', style: { shape: 'rectangle', width: 28, height: 20 } },
    { selector: 'node[kind="account"]', style: { shape: 'diamond' } },
    {
      selector: 'edge',
      style: {
        label: 'data(label)',
        width: 1.3,
        'curve-style': 'bezier',
        'line-color': colours.edge,
        'target-arrow-color': colours.edge,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.8,
        'font-family': colours.font,
        'font-size': 12,
        color: colours.mute,
        ...plate,
      },
    },
    {
      selector: 'edge.bent',
      style: {
        'curve-style': 'unbundled-bezier',
        'control-point-distances': 'data(bend)',
        'control-point-weights': 0.5,
      },
    },
    {
      selector: 'edge.hot',
      style: {
        width: 2.6,
        'line-color': colours.red,
        'target-arrow-color': colours.red,
        color: colours.ink,
        'font-weight': 600,
      },
    },
  ];
}
