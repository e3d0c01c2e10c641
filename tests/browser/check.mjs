// Opens reports from disk in a real browser and holds them to their promises.
//   node check.mjs [--pictures DIR] report.html[:kind] ...
import { chromium } from "playwright-core";
import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const words = process.argv.slice(2);
const at = words.indexOf("--pictures");
const pictures = at >= 0 ? words.splice(at, 2)[1] : null;
if (pictures) mkdirSync(pictures, { recursive: true });
const failures = [];
const check = (ok, what) => { if (!ok) failures.push(what); console.log(`${ok ? "ok  " : "FAIL"} ${what}`); };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/// Something was drawn: shapes in an SVG, or more than one colour on a canvas.
const marks = (page) => page.$$eval(".chart", (boxes) => boxes.map((box) => {
  const shapes = [...box.querySelectorAll("svg path, svg circle, svg polyline, svg polygon")].filter((n) => n.getBBox().width > 0.5).length;
  const colours = new Set();
  for (const canvas of box.querySelectorAll("canvas")) {
    const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    for (let i = 0; i < pixels.length && colours.size < 9; i += 7) colours.add(pixels[i]);
  }
  return { id: box.parentElement.id, empty: box.dataset.empty === "yes", shapes, colours: colours.size };
}));
const seen = (page, id) => page.$eval(`#card-${id} .chart`, (box) => {
  const canvas = box.querySelector("canvas");
  return canvas ? canvas.toDataURL() : box.innerHTML;
});
/// What a chart is made of, as the page told the chart library.
const series = (page, id) => page.evaluate((id) => {
  const c = window.shanhaiReport.cards().find((c) => c.id === id);
  return c && c.chart ? c.chart.getOption().series.map((s) => ({ type: s.type, name: s.name, data: s.data || [], links: s.links || s.edges || [], stack: s.stack })) : null;
}, id);
const total = (links) => links.reduce((sum, l) => sum + l.value, 0);
const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.ready === "yes", null, { timeout: 60000 });

/// Every chart says how to read it, its unit and source, and gives its data.
async function everyCard(page, here) {
  const cards = await page.evaluate(() => window.shanhaiReport.cards().map((c) => ({ id: c.id, how: c.how.textContent.length, unit: c.unitBox.textContent, source: c.source, foot: c.box.querySelector(".foot button") !== null, label: c.chartBox.getAttribute("aria-label"), rows: c.rows().length, width: new Set(c.rows().map((r) => r.length)).size })));
  const poor = cards.filter((c) => c.how < 40 || !c.unit || !/(csv|json)/.test(c.source) || !c.foot || !c.label || c.rows < 2 || c.width !== 1);
  check(poor.length === 0, `${here}: every chart has a sentence, unit, source and data${poor.length ? " but " + JSON.stringify(poor.slice(0, 3)) : ""}`);
  check(new Set(cards.map((c) => c.id)).size === cards.length, `${here}: every chart has a name of its own`);
  const golden = await page.$$eval("#golden .hash", (nodes) => nodes.map((n) => n.textContent));
  check(golden.length > 0 && golden.every((h) => /^[0-9a-f]{64}$/.test(h)), `${here}: a golden hash for every folder`);
  const identities = (await page.innerText("#audit")).match(/^I\d+/gm) || [];
  check(identities.length === 12, `${here}: twelve identities are named (${identities.length})`);
}
/// On paper the page is light and every chart has marks, also from a dark screen; the screen comes back.
async function onPaper(page, here) {
  await page.selectOption(".choices select", "dark");
  await ready(page);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const [theme, bare, wide] = [await page.getAttribute("html", "data-theme"), (await marks(page)).filter((c) => !c.empty && c.shapes < 3 && c.colours < 4).map((c) => c.id), await page.$$eval(".chart", (boxes) => boxes.filter((b) => b.scrollWidth > 702).length)];
  check(theme === "light" && bare.length === 0 && wide === 0, `${here}: prints light, with every chart, within a sheet${bare.length ? " but " + bare : ""}`);
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  check((await page.getAttribute("html", "data-theme")) === "dark", `${here}: the screen is as it was`);
  await page.selectOption(".choices select", "light");
  await ready(page);
}
/// A page of runs: flows, bands, trails, curves.
async function run(page, here) {
  const sankey = await series(page, "sankey"), chord = await series(page, "chord");
  check(sankey && sankey[0].type === "sankey" && sankey[0].links.length >= 9 && total(sankey[0].links) > 1e5, `${here}: the Sankey diagram has its bands`);
  check(chord && chord[0].type === "chord" && chord[0].links.length >= 6 && total(chord[0].links) < total(sankey[0].links), `${here}: the chord diagram has its ribbons, without those inside a tier`);
  const bands = (await series(page, "time-population")).filter((s) => s.type === "custom").length, polygons = await page.$$eval("#card-time-population path", (paths) => paths.filter((p) => p.getAttribute("fill-opacity") || /opacity/.test(p.getAttribute("style") || "")).length);
  check(bands === 3 && polygons >= 3, `${here}: three tiers have bands over replicates (${bands}, ${polygons})`);
  const trails = (await series(page, "scatter")).find((s) => s.type === "lines");
  check(trails && trails.data.length > 100 && trails.data.every((t) => t.coords.length > 1), `${here}: nodes have trails over the years`);
  for (const curve of (await series(page, "lorenz")).slice(1)) {
    const below = curve.data.every(([x, y]) => y <= x + 1e-9), rising = curve.data.every(([x, y], n) => n === 0 || (x >= curve.data[n - 1][0] && y >= curve.data[n - 1][1])), ends = curve.data[curve.data.length - 1];
    check(below && rising && Math.abs(ends[0] - 1) < 1e-9 && Math.abs(ends[1] - 1) < 1e-9, `${here}: the Lorenz curve of ${curve.name} rises from 0 to 1 below the diagonal`);
  }
  const sums = (await series(page, "theil")).reduce((by, s) => { s.data.forEach((v, n) => { (by[s.stack] = by[s.stack] || [])[n] = (by[s.stack][n] || 0) + v; }); return by; }, {});
  check(sums.tiers.length > 1 && sums.tiers.every((v, n) => Math.abs(v - sums.prefectures[n]) < 1e-3 * v), `${here}: both splits of Theil's T add up to the same`);
  check(/holds/.test(await page.innerText("#again")) && !/broken/.test(await page.innerText("#again")), `${here}: conservation is worked out again and holds`);
  await page.focus("#card-map input.year");
  const before = [await page.textContent("#card-map output.year"), await seen(page, "map")];
  await page.keyboard.press("ArrowLeft");
  check((await page.textContent("#card-map output.year")) === String(before[0] - 1) && (await seen(page, "map")) !== before[1], `${here}: the arrow keys move the year and the map`);
  await page.focus("#card-map details summary");
  await page.keyboard.press("Enter");
  check(await page.$eval("#card-map details", (n) => n.open), `${here}: tables open by keyboard`);
}
/// A page of a comparison: differences with intervals everywhere.
async function comparison(page, here) {
  const tiles = await page.$$eval("#headline .tile", (nodes) => nodes.map((n) => n.innerText));
  const gaps = ["Regional gap", "Urban-rural gap\n", "Urban-rural gap by home", "Income gap"].map((name) => tiles.find((t) => t.startsWith(name)));
  check(gaps.every((t) => t && /\[[-+.\d]+, [-+.\d]+\]/.test(t) && /without .* with /.test(t)), `${here}: the three gaps are differences with intervals and both levels`);
  check(/\d+ % Student's t interval/.test(await page.innerText("#headline")), `${here}: the interval is named`);
  check(/Of \d+ places \d+ gain, \d+ lose/.test(await page.innerText("#winners")), `${here}: winners and losers are counted`);
  check(/Programmes cost .* yuan/.test(await page.innerText("#headline")) && /central government/.test(await page.innerText("#headline")), `${here}: cost and payer stand in the headline`);
  const ids = await page.evaluate(() => window.shanhaiReport.cards().filter((c) => c.chart).map((c) => c.id));
  const wanted = ["map", "by-place", "flow-changes", "sankey", "chord", "time-gap", "time-home", "lorenz", "theil", "scatter", "levers", "costs", "balances", "attribution", "phases"].filter((id) => !ids.includes(id));
  check(wanted.length === 0, `${here}: every part of a comparison is drawn${wanted.length ? " but " + wanted : ""}`);
  const moves = (await series(page, "scatter")).find((s) => s.type === "lines");
  check(moves && moves.data.length > 100, `${here}: nodes are led from without to with`);
  for (const [id, select, n] of [["levers", "select", 3], ["attribution", "select", 2], ["map", "select", 1], ["sankey", "select.arm", 0], ["flow-changes", "select.factor", 2]]) {
    const before = await seen(page, id);
    await page.$eval(`#card-${id} ${select}`, (node, n) => { node.selectedIndex = n; node.dispatchEvent(new Event("change", { bubbles: true })); }, n);
    check((await seen(page, id)) !== before, `${here}: a choice changes ${id}`);
  }
}

async function one(file, kind) {
  const name = path.basename(file, ".html");
  const megabytes = statSync(file).size / 1e6;
  check(megabytes < 15, `${name}: ${megabytes.toFixed(1)} MB is under 15 MB`);
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: "light", locale: "en-GB", reducedMotion: "reduce" });
    const page = await context.newPage();
    const wrong = [], requests = [];
    page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") wrong.push(m.text()); });
    page.on("pageerror", (e) => wrong.push(String(e)));
    page.on("dialog", (d) => { wrong.push("a dialog opened: " + d.message()); d.dismiss(); });
    page.on("request", (r) => { if (!/^(data|blob):/.test(r.url())) requests.push(r.url()); });
    const begun = Date.now();
    await page.goto(pathToFileURL(path.resolve(file)).href);
    await ready(page);
    const seconds = (Date.now() - begun) / 1000;
    const here = `${name} at ${width}`;
    check(seconds < 5 * Number(process.env.SLOWER || 1), `${here}: drawn in ${seconds.toFixed(1)} s`);
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-${width}.png`), fullPage: true });
    const drawn = await marks(page);
    check(drawn.length >= 3, `${here}: ${drawn.length} charts`);
    const bare = drawn.filter((c) => !c.empty && c.shapes < 3 && c.colours < 4).map((c) => c.id);
    check(bare.length === 0, `${here}: every chart has marks${bare.length ? " but " + bare : ""}`);
    const empty = drawn.filter((c) => c.empty).map((c) => c.id);
    check(kind !== "full" || empty.length === 0, `${here}: no chart is empty${empty.length ? " but " + empty : ""}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(wide <= 1, `${here}: nothing is wider than the page (${wide})`);
    await everyCard(page, here);
    await onPaper(page, here);
    if (kind === "comparison") await comparison(page, here);
    if (kind === "full") {
      await run(page, here);
      for (const [back, id] of [[7, "map"], [6, "sankey"], [5, "scatter"], [4, "lorenz"]]) {
        const before = await seen(page, id);
        await page.$eval(`#card-${id} input.year`, (n, back) => { n.value = String(+n.max - back); n.dispatchEvent(new Event("input", { bubbles: true })); }, back);
        check((await seen(page, id)) !== before, `${here}: the year slider changes ${id}`);
      }
      const before = await seen(page, "map");
      await page.$eval("#card-map select.factor", (n) => { n.value = "capital"; n.dispatchEvent(new Event("change", { bubbles: true })); });
      check((await seen(page, "map")) !== before, `${here}: another flow changes the map`);
      await page.fill("#card-map input[type=search]", "a");
      await page.click("#card-map .found button");
      check((await page.$$("#card-map .found button")).length > 0, `${here}: a place is found`);
      await page.click("#card-map button.play");
      const year = await page.textContent("#card-map output.year");
      await page.waitForFunction((y) => document.querySelector("#card-map output.year").textContent !== y, year, { timeout: 5000 });
      check(true, `${here}: play moves the year`);
      await page.click("#card-map button.play");
      const [file] = await Promise.all([page.waitForEvent("download"), page.click("#card-map .foot button")]);
      check(file.suggestedFilename() === "map.csv", `${here}: the data of a chart can be taken along`);
    }
    // What a reader has to open is read too: its texts count for nothing while it is shut.
    const unfold = () => page.$$eval("details", (all) => all.forEach((d) => { d.open = true; }));
    await unfold();
    const checksums = await page.$$eval("#audit details .hash", (nodes) => nodes.map((n) => n.textContent));
    check(checksums.length > 1 && checksums.every((h) => /^[0-9a-f]{64}$/.test(h)), `${here}: every table has its checksum (${checksums.length})`);
    const english = await page.innerText("main");
    const broken = english.match(/undefined|NaN|\[object|Infinity/);
    check(!broken, `${here}: every word and number is one${broken ? " but " + english.slice(broken.index - 40, broken.index + 40).replace(/\s+/g, " ") : ""}`);
    await page.focus("#choose-palette");
    await page.selectOption("#choose-palette", "tol");
    await ready(page);
    check(await page.evaluate(() => document.activeElement && document.activeElement.id === "choose-palette"), `${here}: a choice of colours keeps the focus`);
    const told = kind === "comparison" ? await page.$eval("#card-map .how", (n) => n.textContent) : "";
    check(kind !== "comparison" || (/red loses/.test(told) && !/orange/.test(told)), `${here}: the map names the colours that are chosen`);
    await page.selectOption("#choose-palette", "okabe");
    await ready(page);
    await page.focus("#language");
    await page.keyboard.press("Enter");
    await ready(page);
    const chinese = await page.innerText("main");
    check(english !== chinese && /[\u4e00-\u9fff]/.test(await page.innerText("nav")), `${here}: the language switch works by keyboard`);
    check((await page.getAttribute("html", "lang")) === "zh-CN", `${here}: the page says its language`);
    const meanings = await page.$$eval("#parameters tbody tr td:nth-child(7)", (cells) => cells.map((c) => c.textContent));
    check(meanings.length > 100 && meanings.every((m) => /[\u4e00-\u9fff]/.test(m)), `${here}: ${meanings.length} parameters are explained in Chinese`);
    await unfold();
    const lost = (await page.innerText("main")).match(/undefined|NaN|\[object/);
    check(!lost, `${here}: every word and number is one in Chinese`);
    const again = (await marks(page)).filter((c) => !c.empty && c.shapes < 3 && c.colours < 4);
    check(again.length === 0, `${here}: every chart has marks in Chinese`);
    if (pictures) {
      await page.selectOption(".choices select", "dark");
      await ready(page);
      await page.screenshot({ path: path.join(pictures, `${name}-${width}-zh-dark.png`), fullPage: true });
    }
    check(requests.length === 1, `${here}: no request leaves the file${requests.length > 1 ? ": " + requests.slice(1) : ""}`);
    check(wrong.length === 0, `${here}: nothing on the console${wrong.length ? ": " + wrong.slice(0, 3) : ""}`);
    await context.close();
  }
}

try {
  for (const word of words) {
    const [file, kind] = word.split(":");
    await one(file, kind || "any");
  }
} finally {
  await browser.close();
}
if (failures.length) { console.error(`${failures.length} promises were broken`); process.exit(1); }
console.log("all promises were kept");
