// The part of Apache ECharts that the report uses: `npm ci && npm run build` writes ../vendor/echarts.min.js.
import {
  LineChart,
  BarChart,
  ScatterChart,
  LinesChart,
  SankeyChart,
  ChordChart,
  CustomChart,
} from "echarts/charts";
import {
  TooltipComponent,
  GridComponent,
  LegendComponent,
  DataZoomInsideComponent,
  MarkLineComponent,
} from "echarts/components";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import { use } from "echarts/core";

export { init } from "echarts/core";

use([
  LineChart,
  BarChart,
  ScatterChart,
  LinesChart,
  SankeyChart,
  ChordChart,
  CustomChart,
  TooltipComponent,
  GridComponent,
  LegendComponent,
  DataZoomInsideComponent,
  MarkLineComponent,
  CanvasRenderer,
  SVGRenderer,
]);
