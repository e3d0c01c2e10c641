// The map: what the policies change at every place in a year. Size is people, colour is more or less, strength is how much.
import { indicatorName, isNumber, number, placeName, say, signed } from "./language.js";
import { svg } from "./svg.js";

const WIDTH = 420;
/** Units whose differences are read in per cent of the level without policies. */
const RELATIVE = new Set(["yuan", "persons"]);

/** The difference at a place as the map shows it: in per cent of the level where that is what one asks. */
export function changeAt(answers, indicator, id, year) {
  const found = answers.pair([indicator, "node", id], year);
  const isRelative = RELATIVE.has(answers.unitOf(indicator));
  const change = isRelative ? found.difference / Math.abs(found.without) : found.difference;
  return { ...found, change: isNumber(change) ? change : NaN, isRelative };
}
export const changeText = ({ change, isRelative }, unit) =>
  isRelative ? signed(change, "share").replace(say("points"), " %") : signed(change, unit);

function projection(nodes) {
  const middle = nodes.reduce((sum, node) => sum + node.latitude, 0) / nodes.length;
  const stretch = Math.cos((middle * Math.PI) / 180);
  const [xs, ys] = [nodes.map((node) => node.longitude * stretch), nodes.map((node) => -node.latitude)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const span = Math.max(Math.max(...xs) - left, (Math.max(...ys) - top) * 0.9, 0.01);
  const scale = (WIDTH - 60) / span;
  const height = (Math.max(...ys) - top) * scale + 60;
  return {
    height,
    at: (node) => [(node.longitude * stretch - left) * scale + 30, (-node.latitude - top) * scale + 30],
  };
}

/** Places in the order in which they are drawn, the largest first. */
function shown(area, tier) {
  const wanted = {
    all: () => true,
    urban: (node) => node.tier !== "village",
    village: (node) => node.tier === "village",
  };
  return area.nodes.filter(wanted[tier] || wanted.all).sort((one, other) => other.residents - one.residents);
}

export function map({ answers, area, indicator, year, tier, choose }) {
  const nodes = shown(area, tier);
  const unit = answers.unitOf(indicator);
  const found = new Map(nodes.map((node) => [node.id, changeAt(answers, indicator, node.id, year)]));
  const sizes = [...found.values()].map(({ change }) => Math.abs(change)).filter(isNumber);
  // One place far beyond the others must not leave them all pale.
  const most = sizes.sort((one, other) => one - other)[Math.floor(0.95 * (sizes.length - 1))] || 1;
  const largest = Math.max(...nodes.map((node) => node.residents), 1);
  const { height, at } = projection(area.nodes);
  const label = say("map_in_words", { indicator: indicatorName(indicator), year, places: nodes.length });
  const drawing = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${height.toFixed(0)}`,
    role: "img",
    "aria-label": label,
  });
  for (const node of nodes) {
    const here = found.get(node.id);
    const [x, y] = at(node);
    // A county seat and its villages are one point of the map: they stand beside each other.
    const aside = tier === "all" ? (node.tier === "village" ? 4 : -4) : 0;
    const strength = isNumber(here.change) ? Math.min(1, Math.abs(here.change) / most) : 0;
    const side = here.change > 0 ? "more" : "less";
    const spot = svg(
      "circle",
      {
        class: "spot " + (strength > 0.02 ? side : "none"),
        cx: (x + aside).toFixed(1),
        cy: y.toFixed(1),
        r: (3 + 15 * Math.sqrt(node.residents / largest)).toFixed(1),
        "fill-opacity": (0.15 + 0.75 * strength).toFixed(2),
      },
      svg("title", {}, `${placeName(node)} (${say(node.tier)}): ${changeText(here, unit)}`),
    );
    spot.addEventListener("click", () => choose(node.id));
    drawing.append(spot);
  }
  return {
    drawing,
    most: found.size ? number(most, [...found.values()][0].isRelative ? "share" : unit) : "",
  };
}
