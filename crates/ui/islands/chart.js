// What both charts share: a tree-shaken ECharts that draws SVG and never writes HTML (the CSP forbids inline styles).
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { onThemeChange, theme } from './theme.js';

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

// Draws `series(colours)` over the categories `x`; resizes with its box and follows the theme.
export function draw(canvas, x, series) {
  const locale = document.documentElement.lang.startsWith('zh') ? 'ZH' : 'EN';
  const chart = echarts.init(canvas, null, { renderer: 'svg', locale });
  const paint = () => {
    const colours = theme();
    chart.setOption({ ...frame(colours, x), series: series(colours) }, true);
  };
  paint();
  const stopTheme = onThemeChange(paint);
  const resize = new ResizeObserver(() => chart.resize());
  resize.observe(canvas);
  return () => {
    stopTheme();
    resize.disconnect();
    chart.dispose();
  };
}

function frame(colours, x) {
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily: colours.font, color: colours.ink, fontSize: 12 },
    grid: { left: 4, right: 8, top: 34, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: colours.mute } },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 12 },
    },
    xAxis: {
      type: 'category',
      data: x,
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { color: colours.mute, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitLine: { lineStyle: { color: colours.line } },
      axisLabel: { color: colours.mute },
    },
  };
}
