// What stands below a map: scales, the largest mark and arrow, and the largest flows in a table.
import { lessColour, moreColour, sequential, unclearColour } from "./colours.js";
import { data } from "./data.js";
import { details, element, remark, table } from "./elements.js";
import { factorUnit, flowsOfYear, flowUnitName } from "./flows.js";
import { isClustered, netTotal } from "./map_arrows.js";
import { unitLabel, unitOf, word } from "./language.js";
import { differenceUnit, number, sum, whole, withUnit } from "./numbers.js";
import { columnUnit, mostResidents } from "./places.js";
import { state } from "./state.js";

/** Flows that the table below a map lists. */
const LISTED = 12;
const { flows } = data;
const key = (...children) => element("p", { className: "key" }, ...children);

function scaleKey([low, high]) {
  const stops = [0, 0.25, 0.5, 0.75, 1].map(sequential).join(",");
  const style = `background:linear-gradient(90deg,${stops})`;
  const unit = columnUnit(state.measure);
  return key(number(low, unit), element("span", { className: "scale", style }), number(high, unit));
}
export function keysOfDifference({ top }) {
  if (!top) return [];
  const dot = (colour) => element("span", { className: "dot", style: "background:" + colour });
  const amount = withUnit(top, differenceUnit(unitOf(state.difference)));
  return [
    key(
      ...[dot(moreColour()), word("gains"), dot(lessColour()), word("loses")],
      ...[dot(unclearColour()), word("unclear")],
      element("span", {}, word("largest_mark", { amount })),
    ),
  ];
}
function shareLine(arrows) {
  const year = flowsOfYear();
  const kept = isClustered() ? "prefecture" : flows.level;
  const level =
    kept === "node" ? "" : " " + word(isClustered() ? "flow_clustered" : "flow_level", { level: word(kept) });
  if (!year || !year.net.length) return remark(word("no_flow"), level);
  const drawn = sum(arrows.map((arrow) => arrow.amount));
  const { total, pairs } = netTotal();
  const share = number(drawn / total, "share");
  return remark(word("map_share", { arrows: arrows.length, share, pairs: whole(pairs) }), level);
}
function largestFlows(arrows) {
  const rows = arrows
    .slice(0, LISTED)
    .map(({ from, to, amount }) => [flowUnitName(from), flowUnitName(to), number(amount)]);
  const head = [word("from"), word("to"), unitLabel(factorUnit(state.factor))];
  return details(word("largest"), {}, table(head, rows, [2]));
}
export function keysOfRun({ scale }, arrows) {
  const unit = factorUnit(state.factor);
  const node = word("largest_node_mark", { amount: withUnit(mostResidents(state.year), "persons") });
  const widest = arrows.length
    ? " · " + word("widest_arrow", { amount: withUnit(arrows[0].amount, unit) })
    : "";
  return [
    ...(scale ? [scaleKey(scale)] : []),
    key(node, widest),
    ...(flows ? [shareLine(arrows)] : []),
    ...(flows && arrows.length ? [largestFlows(arrows)] : []),
  ];
}
