// ECharts, and only what one chart of lines needs of it; loaded when such a chart is on the screen.
import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { SeriesLine } from './series-chart.tsx';

register([LineChart, GridComponent, LegendComponent, SVGRenderer]);

const dashes = ['solid', 'dashed', 'dotted'] as const;

/** @returns how to take it away again */
export function drawSeries(element: HTMLElement, years: string[], lines: SeriesLine[]): () => void {
  const colours = getComputedStyle(element);
  const colour = (name: string) => colours.getPropertyValue(name).trim();
  const chart = init(element, null, { renderer: 'svg' });
  const text = { color: colour('--muted'), fontFamily: colours.fontFamily };
  chart.setOption({
    animation: false,
    textStyle: text,
    color: [colour('--accent'), colour('--info'), colour('--warn')],
    legend: { bottom: 0, textStyle: text, show: lines.length > 1 },
    grid: { left: 8, right: 24, top: 16, bottom: lines.length > 1 ? 36 : 8, outerBoundsMode: 'same' },
    xAxis: { type: 'category', data: years, axisLine: { lineStyle: { color: colour('--edge') } }, axisLabel: text },
    yAxis: { type: 'value', scale: true, splitLine: { lineStyle: { color: colour('--line') } }, axisLabel: text },
    series: lines.map(({ name, values }, index) => ({
      type: 'line',
      name,
      data: values,
      // Not by colour alone.
      lineStyle: { width: 2, type: dashes[index % dashes.length] },
      symbolSize: 8,
    })),
  });
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(element);
  return () => {
    watch.disconnect();
    chart.dispose();
  };
}
