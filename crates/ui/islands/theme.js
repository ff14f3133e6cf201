// Colours and fonts come from the page's own CSS variables, so that islands follow dark mode and branding.
const read = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export const theme = () => ({
  ink: read('--ink'),
  mute: read('--ink-2'),
  line: read('--line'),
  edge: read('--edge'),
  surface: read('--surface'),
  accent: read('--accent'),
  red: read('--lv-red'),
  yellow: read('--lv-yellow'),
  blue: read('--lv-blue'),
  font: read('--font'),
  kind: (word) => read(`--k-${word}`) || read('--ink-2'),
});

// Repaints when the person or the system changes between light and dark. Returns the function that stops it.
export function onThemeChange(repaint) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', repaint);
  return () => system.removeEventListener('change', repaint);
}
