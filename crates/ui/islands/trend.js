// One measure over time, and what it is compared with: { x: [...], series: [{ name, kind: "bar" | "line", data }] }.
import { draw } from './chart.js';

export function mount(canvas, data) {
  return draw(canvas, data.x, (colours) =>
    data.series.map((one, index) => {
      const colour = index === 0 ? colours.accent : colours.mute;
      return {
        name: one.name,
        type: one.kind,
        data: one.data,
        barMaxWidth: 22,
        symbol: 'none',
        lineStyle: { width: 2, type: index === 0 ? 'solid' : 'dashed' },
        itemStyle: { color: colour, borderRadius: 2 },
      };
    }),
  );
}
