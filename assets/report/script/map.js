// Places on the map, with net flows between them or with what a policy changes.
import { tip } from "./axes.js";
import { byPlace } from "./by_place.js";
import { addCard, nothing, redraw, section } from "./cards.js";
import { ground, ink, SHAPES, soft, TIERS, tierColour, tones } from "./colours.js";
import { data } from "./data.js";
import { element, escaped, picker } from "./elements.js";
import { factorUnit, flowsOfYear, flowUnitName } from "./flows.js";
import { geography } from "./geography.js";
import { columnName, indicatorName, unitLabel, unitOf, word } from "./language.js";
import { arrowSeries, arrowsOfYear } from "./map_arrows.js";
import { keysOfDifference, keysOfRun } from "./map_keys.js";
import { chosenMark, prefectureLabels } from "./map_labels.js";
import { mapFrame, markPoints, marksOfDifference, marksOfRun, nodeDifferences } from "./map_marks.js";
import { flowTools, searchTools, zoomTools } from "./map_tools.js";
import { differenceUnit, interval, isNumber, number, signed, unique, withUnit } from "./numbers.js";
import { columnAt, columnUnit, everyPlace, isCrowded, placeName, prefectureName, valueAt } from "./places.js";
import { state } from "./state.js";
import { isComparison } from "./subject.js";
import { yearTools } from "./years.js";

const { places, nodes, flows } = data;
/** Tiers inside the area, those drawn later above those drawn before. */
const INSIDE = ["village", "county_seat", "city"];

/** Marks of one tier, the largest at the bottom. */
function tierSeries(tier, marks, points, isColouredByTier) {
  const mark = (place) => ({
    value: [points.x[place], points.y[place]],
    place,
    symbolSize: marks.size(place),
    itemStyle: {
      color: marks.tone(place),
      opacity: 0.82,
      borderColor: place === state.place ? ink() : ground(),
      borderWidth: place === state.place ? 3 : 0.6,
    },
  });
  const there = everyPlace.filter((place) => places.tier[place] === tier && isNumber(geography.x[place]));
  return {
    type: "scatter",
    name: word(tier),
    symbol: SHAPES[tier],
    z: 3,
    data: there.sort((one, other) => marks.size(other) - marks.size(one)).map(mark),
    color: isColouredByTier ? tierColour(tier) : soft(),
    cursor: "pointer",
  };
}
const legendOf = (series, width) => ({
  left: 8,
  bottom: 6,
  orient: width < 600 ? "horizontal" : "vertical",
  data: TIERS.map((tier) => ({ name: word(tier), icon: SHAPES[tier] })).filter(({ name }) =>
    series.some((one) => one.name === name),
  ),
  textStyle: { color: ink() },
  backgroundColor: ground() + "cc",
  padding: 6,
  itemWidth: 14,
  itemHeight: 12,
});
const zoomOf = (axis, [start, end]) => ({
  type: "inside",
  [axis]: 0,
  filterMode: "none",
  zoomOnMouseWheel: "ctrl",
  moveOnMouseWheel: false,
  start,
  end,
});
/** What the map draws, from the marks and arrows of its kind. */
function mapOption({ tiers, marks, arrows, frame, isColouredByTier, told, view }) {
  const points = markPoints(marks, frame.pixel);
  const series = arrows.length ? [arrowSeries(arrows, marks, points, frame.pixel)] : [];
  const ofTiers = tiers.map((tier) => tierSeries(tier, marks, points, isColouredByTier));
  series.push(...ofTiers.filter((one) => one.data.length));
  const labels = prefectureLabels(marks, points, frame);
  if (labels.data.length) series.push(labels);
  if (state.place >= 0 && isNumber(geography.x[state.place])) series.push(chosenMark(marks, points));
  return {
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: frame.xAxis,
    yAxis: frame.yAxis,
    legend: legendOf(series, frame.width),
    dataZoom: [zoomOf("xAxisIndex", view.ends[0]), zoomOf("yAxisIndex", view.ends[1])],
    tooltip: { ...tip(), trigger: "item", formatter: told },
    series,
  };
}
function placeHeading(place) {
  const prefecture = places.prefecture_name[place]
    ? "<br>" + escaped(prefectureName(places.prefecture[place]))
    : "";
  return `<b>${escaped(placeName(place))}</b> · ${escaped(word(places.tier[place]))}${prefecture}`;
}
function tipOfDifference(place, row) {
  if (!row) return placeHeading(place);
  const unit = unitOf(state.difference);
  const difference = `${signed(row.difference, unit)} ${interval(row.low, row.high, unit)}`;
  const without = `${escaped(word("without"))} ${number(row.baseline, unit)}`;
  const withPolicy = `${escaped(word("with"))} ${number(row.policy, unit)}`;
  const name = escaped(indicatorName(state.difference));
  return `${placeHeading(place)}<br>${name}: ${difference}<br>${without} → ${withPolicy}`;
}
function tipOfPlace(place) {
  const columns = unique(["residents", "income_yuan", "output_per_head_yuan", state.measure]);
  const line = (column) => {
    const value = valueAt(column, state.year, place);
    if (columnAt(column) < 0 || !isNumber(value)) return "";
    return `<br>${escaped(columnName(column))}: ${withUnit(value, columnUnit(column))}`;
  };
  return placeHeading(place) + columns.map(line).join("");
}
function tipOfFlow({ from, to, amount }) {
  const ends = `${escaped(flowUnitName(from))} → ${escaped(flowUnitName(to))}`;
  const flow = withUnit(amount, factorUnit(state.factor));
  return `${ends}<br>${escaped(word(state.factor))}: <b>${flow}</b>`;
}
/** The size of the box in which a card is drawn. */
const frameOf = (card) => mapFrame(card.chartBox.clientWidth || 800, card.chartBox.clientHeight || 500);
const redrawCard = (id) => redraw((card) => card.id === id);
/** A click on a place chooses it, and a second one forgets it. */
const chooseBy = (choose) => (mark) => {
  const place = mark.data && mark.data.place;
  if (place !== undefined) choose(place === state.place ? -1 : place);
};

/** What a policy changes, place by place, in the last year. */
function differenceMap(part) {
  const measures = unique(data.node_differences.map((row) => row.indicator));
  if (!measures.includes(state.difference)) {
    const wanted = ["home_income_per_head", "income_per_head", measures[0]];
    state.difference = wanted.find((indicator) => measures.includes(indicator)) || "";
  }
  const redrawMap = () => redrawCard("map");
  const { tools, found, choose } = searchTools(redrawMap);
  const zoom = zoomTools(() => card.chart);
  const options = measures.map((indicator) => [indicator, indicatorName(indicator)]);
  const measure = (indicator) => {
    state.difference = indicator;
    redraw((other) => other.id === "map" || other.measured);
  };
  let marks = null;
  const option = () => {
    const differences = nodeDifferences();
    const frame = frameOf(card);
    marks = differences.size ? marksOfDifference(frame.width, differences) : marksOfRun(frame.width);
    const told = ({ data: mark }) =>
      mark && mark.place !== undefined
        ? tipOfDifference(mark.place, differences.get(places.id[mark.place]))
        : "";
    return mapOption({
      tiers: INSIDE,
      marks,
      arrows: [],
      frame,
      isColouredByTier: false,
      told,
      view: zoom.view,
    });
  };
  const head = ["comparison", "indicator", "node", "difference", "low", "high", "without", "with"];
  const rowOf = (row) => [
    ...[row.comparison, row.indicator, row.node, row.difference],
    ...[row.low, row.high, row.baseline, row.policy],
  ];
  const card = addCard(part, {
    id: "map",
    title: () => word("chart_map_diff") + " · " + indicatorName(state.difference),
    read: () => word("read_map_diff", tones()),
    size: "tall",
    canvas: isCrowded,
    yearly: true,
    flows: true,
    tools: [
      picker(word("difference_in"), options, state.difference, measure),
      tools,
      zoom.tools,
      found,
    ].flat(),
    unit: () => unitLabel(differenceUnit(unitOf(state.difference))),
    source: "compare.csv, places.csv",
    rows: () => [head, ...data.node_differences.map(rowOf)],
    click: chooseBy(choose),
    option,
    after: (below) => below.replaceChildren(...keysOfDifference(marks)),
  });
}
/** Places and net flows of a year. */
function placesMap(part, id) {
  const redrawMap = () => redrawCard(id);
  const { tools, found, choose } = searchTools(redrawMap);
  const zoom = zoomTools(() => card.chart);
  const columns = nodes ? nodes.columns.map(({ name }) => [name, columnName(name)]) : [];
  const measure = (column) => {
    state.measure = column;
    redrawMap();
  };
  const measureTool = picker(word("measure"), [["tier", word("tier")], ...columns], state.measure, measure);
  const ofFlows = flows ? flowTools(redrawMap) : [];
  let marks = null;
  const option = () => {
    const frame = frameOf(card);
    marks = marksOfRun(frame.width);
    const told = ({ data: mark }) => {
      if (mark && mark.flow) return tipOfFlow(mark.flow);
      return mark && mark.place !== undefined ? tipOfPlace(mark.place) : "";
    };
    const tiers = ["outside", ...INSIDE];
    const isColouredByTier = state.measure === "tier";
    return mapOption({
      tiers,
      marks,
      arrows: arrowsOfYear(),
      frame,
      isColouredByTier,
      told,
      view: zoom.view,
    });
  };
  const head = ["year", "factor", "origin", "destination", "net_amount", "unit"];
  const rowOf = ([from, to, amount]) => [
    ...[state.year, state.factor, flows.units[from], flows.units[to]],
    ...[amount, factorUnit(state.factor)],
  ];
  const card = addCard(part, {
    id,
    title: word("chart_map"),
    read: () => word("read_map"),
    size: "tall",
    canvas: isCrowded,
    yearly: true,
    flows: true,
    tools: [yearTools(), ofFlows, measureTool, tools, zoom.tools, found].flat(),
    unit: () => unitLabel(factorUnit(state.factor)),
    source: "nodes.csv, flows.csv, places.csv",
    rows: () => [head, ...(flowsOfYear() || { net: [] }).net.map(rowOf)],
    click: chooseBy(choose),
    option,
    after: (below) => below.replaceChildren(...keysOfRun(marks, arrowsOfYear())),
  });
}
export function mapSection() {
  const part = section("map");
  if (!geography) {
    part.append(nothing());
    return;
  }
  if (isComparison) {
    const grid = element("div", { className: "grid wide-left" });
    part.append(grid);
    differenceMap(grid);
    byPlace(grid);
  }
  if (!isComparison || nodes) placesMap(part, isComparison ? "flows" : "map");
}
