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
const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.ready === "yes", null, { timeout: 60000 });

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
    if (kind === "full") {
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
    const english = await page.innerText("main");
    await page.focus("#language");
    await page.keyboard.press("Enter");
    await ready(page);
    const chinese = await page.innerText("main");
    check(english !== chinese && /[\u4e00-\u9fff]/.test(await page.innerText("nav")), `${here}: the language switch works by keyboard`);
    check((await page.getAttribute("html", "lang")) === "zh-CN", `${here}: the page says its language`);
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
