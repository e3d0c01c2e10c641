// The map: what the policies change at every place in a year. Size is people, colour is more or less, strength is how much.
import { indicatorName, isNumber, number, placeName, say, signed } from "./language.js";
import { svg } from "./svg.js";

const WIDTH = 420;
/** Most places whose names are written beside their marks. */
const MOST_NAMES = 12;
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
  // Room for marks at the edge, and for names where they are written.
  const edge = nodes.length > MOST_NAMES ? 30 : 64;
  const middle = nodes.reduce((sum, node) => sum + node.latitude, 0) / nodes.length;
  const stretch = Math.cos((middle * Math.PI) / 180);
  const [xs, ys] = [nodes.map((node) => node.longitude * stretch), nodes.map((node) => -node.latitude)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const span = Math.max(Math.max(...xs) - left, (Math.max(...ys) - top) * 0.9, 0.01);
  const scale = (WIDTH - 2 * edge) / span;
  const height = (Math.max(...ys) - top) * scale + 2 * edge;
  return {
    height,
    at: (node) => [(node.longitude * stretch - left) * scale + edge, (-node.latitude - top) * scale + edge],
  };
}

/** The mark of a tier, of an area near that of a circle of this radius: those of the report. */
function markOf(tier, x, y, radius) {
  const at = (...points) =>
    points
      .map(([right, down]) => `${(x + right * radius).toFixed(1)},${(y + down * radius).toFixed(1)}`)
      .join(" ");
  if (tier === "county_seat") {
    return ["polygon", { points: at([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]) }];
  }
  if (tier === "village") return ["polygon", { points: at([0, -1.25], [1.2, 0.95], [-1.2, 0.95]) }];
  return ["circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1) }];
}

/** One stop of the Tab key for all marks: arrows go on from one to the next, Enter chooses. */
function walk(spots, choose) {
  spots.forEach((spot, position) => {
    spot.setAttribute("tabindex", position ? -1 : 0);
    spot.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step) spots[(position + step + spots.length) % spots.length].focus();
      else if (event.key === "Enter" || event.key === " ") choose(spot.dataset.id);
      else return;
      event.preventDefault();
    });
    spot.addEventListener("click", () => choose(spot.dataset.id));
  });
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
    role: "group",
    "aria-label": label,
  });
  const spots = [];
  const names = [];
  for (const node of nodes) {
    const here = found.get(node.id);
    const radius = 3 + 15 * Math.sqrt(node.residents / largest);
    // A county seat and its villages are one point of the map: they stand beside each other.
    const aside = tier === "all" ? (node.tier === "village" ? radius + 1 : -radius - 1) : 0;
    const [x, y] = [at(node)[0] + aside, at(node)[1]];
    const strength = isNumber(here.change) ? Math.min(1, Math.abs(here.change) / most) : 0;
    const side = here.change > 0 ? "more" : "less";
    const words = `${placeName(node)} (${say("tier_" + node.tier)}): ${changeText(here, unit)}`;
    const [shape, where] = markOf(node.tier, x, y, radius);
    const spot = svg(
      shape,
      {
        ...where,
        class: "spot " + (strength > 0.02 ? side : "none"),
        "fill-opacity": (0.15 + 0.75 * strength).toFixed(2),
        role: "button",
        "aria-label": words,
      },
      svg("title", {}, words),
    );
    spot.dataset.id = node.id;
    spots.push(spot);
    if (nodes.length > MOST_NAMES) continue;
    // Villages below their mark, towns above: names of one point do not meet.
    const down = node.tier === "village" ? radius + 14 : -radius - 5;
    names.push(
      svg("text", { x: x.toFixed(1), y: (y + down).toFixed(1), "text-anchor": "middle" }, placeName(node)),
    );
  }
  walk(spots, choose);
  drawing.append(...spots, ...names);
  return {
    drawing,
    most: found.size ? number(most, [...found.values()][0].isRelative ? "share" : unit) : "",
  };
}
