// Lines over the years: with policies, without them, and the range over lucks.
import { number, say } from "./language.js";
import { svg } from "./svg.js";

const [WIDTH, HEIGHT] = [360, 190];
const FRAME = { left: 52, right: 10, top: 8, bottom: 22 };

/** About four round numbers from the least to the most. */
export function ticks(least, most) {
  const raw = (most - least) / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw);
  const all = [];
  for (let at = Math.ceil(least / step) * step; at <= most + step * 1e-6; at += step) all.push(at);
  return all;
}

/** A chart of lines `{ label, colour, dash, line: { mid, low, high } }`. */
export function lineChart({ title, unit, years, lines, lastYear }) {
  const every = lines.flatMap(({ line }) => [...line.low, ...line.high]).filter(Number.isFinite);
  if (!every.length) return null;
  const [low, high] = [Math.min(...every), Math.max(...every)];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  const [least, most] = [low - room, high + room];
  const across = Math.max(1, lastYear - years[0]);
  const x = (year) => FRAME.left + ((year - years[0]) / across) * (WIDTH - FRAME.left - FRAME.right);
  const y = (value) =>
    HEIGHT - FRAME.bottom - ((value - least) / (most - least)) * (HEIGHT - FRAME.top - FRAME.bottom);
  const path = (values) =>
    values
      .map((value, at) => [years[at], value])
      .filter(([, value]) => Number.isFinite(value))
      .map(([year, value], at) => `${at ? "L" : "M"}${x(year).toFixed(1)} ${y(value).toFixed(1)}`)
      .join("");
  const drawing = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "img",
    "aria-label": summary(title, unit, years, lines),
  });
  for (const tick of ticks(least, most)) {
    drawing.append(
      svg("line", { class: "axis", x1: FRAME.left, x2: WIDTH - FRAME.right, y1: y(tick), y2: y(tick) }),
      svg("text", { x: FRAME.left - 4, y: y(tick) + 4, "text-anchor": "end" }, number(tick, unit)),
    );
  }
  for (const year of [years[0], lastYear]) {
    drawing.append(
      svg(
        "text",
        { x: x(year), y: HEIGHT - 6, "text-anchor": year === lastYear ? "end" : "start" },
        String(year),
      ),
    );
  }
  for (const { line, colour, dash } of lines) {
    const band = [
      ...line.high.map((value, at) => [years[at], value]),
      ...line.low.map((value, at) => [years[at], value]).reverse(),
    ];
    const points = band
      .filter(([, value]) => Number.isFinite(value))
      .map(([year, value]) => `${x(year).toFixed(1)},${y(value).toFixed(1)}`);
    drawing.append(svg("polygon", { points: points.join(" "), class: "band " + colour }));
    const options = { d: path(line.mid), class: "line " + colour };
    if (dash) options["stroke-dasharray"] = "5 4";
    drawing.append(svg("path", options));
  }
  return drawing;
}

/** The chart in words, for those who do not see it. */
function summary(title, unit, years, lines) {
  const ends = lines.map(({ label, line }) => {
    const at = line.mid.length - 1;
    return say("line_in_words", {
      label,
      first: number(line.mid[0], unit),
      last: number(line.mid[at], unit),
      from: years[0],
      until: years[at],
    });
  });
  return [title, ...ends].join(". ");
}
