// Opens reports from disk in a real browser and holds them to their promises.
//   node check.mjs [--pictures DIR] report.html[:kind] ...
import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { addressOf, launch, ready } from "./browser.mjs";
import { everyCard, everyWord, inChinese, mapTools, onPaper, otherColours } from "./every_page.mjs";
import { bareCharts, marks } from "./looks.mjs";
import { ofComparisons } from "./of_comparisons.mjs";
import { ofRuns } from "./of_runs.mjs";
import { brokenPromises, check, checkNone } from "./promises.mjs";

const LARGEST_MB = 15;
const SLOWEST_SECONDS = 5 * Number(process.env.SLOWER || 1);
const SCREENS = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];
const words = process.argv.slice(2);
const at = words.indexOf("--pictures");
const pictures = at >= 0 ? words.splice(at, 2)[1] : null;
if (pictures) mkdirSync(pictures, { recursive: true });

/** What a page does that it should not: words on the console, dialogs, requests. */
function watch(page) {
  const seen = { wrong: [], requests: [] };
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.wrong.push(message.text());
  });
  page.on("pageerror", (error) => seen.wrong.push(String(error)));
  page.on("dialog", (dialog) => {
    seen.wrong.push("a dialog opened: " + dialog.message());
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url())) seen.requests.push(request.url());
  });
  return seen;
}
const picture = async (page, name) => {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
};
async function drawnCharts(page, here, kind) {
  const drawn = await marks(page);
  check(drawn.length >= 3, `${here}: ${drawn.length} charts`);
  checkNone(bareCharts(drawn), `${here}: every chart has marks`);
  const empty = drawn.filter((chart) => chart.empty).map(({ id }) => id);
  check(kind !== "full" || empty.length === 0, `${here}: no chart is empty`, empty);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(over <= 1, `${here}: nothing is wider than the page`, over);
}
async function onScreen(page, file, screen, kind) {
  const name = `${path.basename(file, ".html")}-${screen.width}`;
  const here = `${path.basename(file, ".html")} at ${screen.width}`;
  const seen = watch(page);
  const begun = Date.now();
  await page.goto(addressOf(file));
  await ready(page);
  const seconds = (Date.now() - begun) / 1000;
  check(seconds < SLOWEST_SECONDS, `${here}: drawn in ${seconds.toFixed(1)} s`);
  await picture(page, name);
  await drawnCharts(page, here, kind);
  await everyCard(page, here);
  await onPaper(page, here);
  if (kind === "comparison") await ofComparisons(page, here);
  if (kind === "full") await ofRuns(page, here);
  if (kind === "full") await mapTools(page, here);
  await everyWord(page, here);
  await otherColours(page, here, kind);
  await inChinese(page, here);
  await page.selectOption("#choose-theme", "dark");
  await ready(page);
  await picture(page, name + "-zh-dark");
  checkNone(seen.requests.slice(1), `${here}: no request leaves the file`);
  checkNone(seen.wrong, `${here}: nothing on the console`);
}
async function one(browser, file, kind) {
  const megabytes = statSync(file).size / 1e6;
  check(megabytes < LARGEST_MB, `${file}: ${megabytes.toFixed(1)} MB is under ${LARGEST_MB} MB`);
  for (const viewport of SCREENS) {
    const context = await browser.newContext({
      viewport,
      colorScheme: "light",
      locale: "en-GB",
      reducedMotion: "reduce",
    });
    await onScreen(await context.newPage(), file, viewport, kind);
    await context.close();
  }
}

const browser = await launch();
try {
  for (const word of words) {
    const [file, kind] = word.split(":");
    await one(browser, file, kind || "any");
  }
} finally {
  await browser.close();
}
if (brokenPromises()) {
  console.error(`${brokenPromises()} promises were broken`);
  process.exit(1);
}
console.log("all promises were kept");
