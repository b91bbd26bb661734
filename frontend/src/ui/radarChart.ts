import { RadarChart } from "echarts/charts";
import { LegendComponent, RadarComponent, TooltipComponent } from "echarts/components";
import { init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { RadarAxis, RadarShape } from "./Radar";

register([RadarChart, RadarComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Draw into the box, follow its size; the answer takes it down. */
export function drawRadar(box: HTMLElement, axes: RadarAxis[], shapes: RadarShape[]): () => void {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const chart = init(box, undefined, { renderer: "svg" });
  chart.setOption({
    animation: false,
    color: [token("--ink"), token("--seal"), token("--good"), token("--warn")],
    textStyle: { fontFamily: token("--font"), color: token("--text") },
    legend: { bottom: 0, textStyle: { color: token("--text") } },
    tooltip: { confine: true, backgroundColor: token("--surface"), textStyle: { color: token("--text") } },
    radar: {
      radius: "56%",
      center: ["50%", "46%"],
      indicator: axes.map((a) => ({ name: a.name, max: a.max })),
      axisName: { color: token("--muted"), width: 84, overflow: "break" },
      splitArea: { show: false },
      splitLine: { lineStyle: { color: token("--line") } },
      axisLine: { lineStyle: { color: token("--line") } },
    },
    series: [{ type: "radar", data: shapes.map((s) => ({ name: s.name, value: s.values, areaStyle: { opacity: 0.12 } })) }],
  });
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(box);
  return () => {
    watch.disconnect();
    chart.dispose();
  };
}
