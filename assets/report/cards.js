// A chart in its card: title, how to read it, unit, source, download.
let cards = [];
function section(key) {
  const part = el("section", { id: key }, el("h2", {}, word("s_" + key)));
  byId("main").append(part);
  return part;
}
/// The line under a chart or table: unit, source and the data to take along.
function footOf(source, unit, name, rows) {
  return el("div", { className: "foot" }, el("span", {}, unit ? [word("unit") + ": ", unit, " · "] : null, word("source") + ": " + source), el("button", { type: "button", on: { click: () => download(name, rows()) } }, word("download")));
}
/// A chart with its title, how to read it, unit, source and download.
function card(parent, spec) {
  const box = el("article", { className: "card", id: "card-" + spec.id });
  const how = el("p", { className: "how" }), chartBox = el("div", { className: "chart " + (spec.size || ""), tabIndex: 0 });
  chartBox.setAttribute("role", "img");
  const title = el("h3", {});
  box.append(title, how);
  const tools = el("div", { className: "tools" }, spec.tools || []);
  if (spec.tools) box.append(tools);
  const below = el("div", {}), unit = el("span", { className: "unit" });
  box.append(chartBox, below, footOf(spec.source, unit, spec.id, spec.rows));
  parent.append(box);
  const c = { ...spec, box, chartBox, how, below, titleBox: title, unitBox: unit, chart: null };
  cards.push(c);
  return c;
}
function draw(c) {
  const option = c.option();
  const how = typeof c.read === "function" ? c.read() : c.read;
  const name = typeof c.title === "function" ? c.title() : c.title;
  c.titleBox.textContent = name;
  c.how.replaceChildren(el("b", {}, word("read")), how);
  c.unitBox.textContent = (typeof c.unit === "function" ? c.unit() : c.unit) || word("u_none");
  c.chartBox.setAttribute("aria-label", name + ". " + how);
  if (!option) {
    if (c.chart) { c.chart.dispose(); c.chart = null; }
    c.chartBox.replaceChildren(el("p", { className: "how" }, c.empty ? c.empty() : word("none")));
    c.chartBox.style.height = "auto"; c.chartBox.dataset.empty = "yes";
    return;
  }
  if (c.lines) c.chartBox.style.height = Math.max(160, c.lines() * (state.printing ? 22 : narrow() ? 38 : 28) + 70) + "px";
  if (c.chart && c.lines) c.chart.resize();
  if (!c.chart) {
    c.chartBox.replaceChildren(); if (!c.lines) c.chartBox.style.height = ""; delete c.chartBox.dataset.empty;
    c.chart = echarts.init(c.chartBox, null, { renderer: c.canvas ? "canvas" : "svg" });
    if (c.click) c.chart.on("click", c.click);
  }
  c.chart.setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink() }, color: colours(), ...option }, { notMerge: !c.keep, lazyUpdate: false, replaceMerge: c.keep ? ["series"] : undefined });
  c.chartBox.dataset.drawn = "yes";
  if (c.after) c.after(c.below);
}
const redraw = (test) => cards.filter(test).forEach(draw);
const tip = () => ({ backgroundColor: ground(), borderColor: faint(), confine: true, textStyle: { color: ink(), fontSize: 13 } });
const axisText = () => ({ color: soft(), fontSize: 12, hideOverlap: true });
const valueAxis = (unit, more) => ({ type: "value", scale: true, axisLabel: { ...axisText(), formatter: (x) => number(x, unit, 6) }, splitLine: { lineStyle: { color: faint() } }, splitNumber: 4, ...more });
