// Stacked bars by level: { x: [...], series: [{ name, level: "red" | "yellow" | "blue", data }] }, lowest first.
import { draw } from './chart.js';

export function mount(canvas, data) {
  return draw(canvas, data.x, (colours) =>
    data.series.map((one) => ({
      name: one.name,
      type: 'bar',
      stack: 'levels',
      data: one.data,
      barMaxWidth: 26,
      // Red beside blue is too alike for some eyes: a line in the surface colour keeps the parts apart.
      itemStyle: { color: colours[one.level], borderColor: colours.surface, borderWidth: 1 },
    })),
  );
}
