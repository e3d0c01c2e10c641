// Promises of the what-if page, in a real browser: node site.mjs PROGRAM SITE WORK [PICTURES]
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import { serve } from "./site_server.mjs";

const [program, site, work, pictures] = process.argv.slice(2);
const PATIENCE = 240000;
let failures = 0;
function holds(promise, isKept, found = "") {
  console.log(`${isKept ? "ok  " : "FAIL"} ${promise}${found === "" ? "" : ": " + found}`);
  if (!isKept) failures += 1;
}

const server = await serve(site);
const browser = await launch();
const faults = [];
/** A page whose errors are counted. */
async function pageOf(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  return page;
}
const ready = (page) => page.waitForSelector("#page[data-ready=yes]");
const checked = (page) => page.waitForSelector("#page[data-checked]");
const done = (page) => page.waitForSelector("#page[data-done]");
const addressed = (page, before) => page.waitForFunction((old) => location.hash !== old, before);
async function picture(page, name) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, name + ".png"), fullPage: true });
}
async function choose(page, place) {
  const before = await page.evaluate(() => location.hash);
  await page.selectOption("#place", place);
  await addressed(page, before);
  await checked(page);
}
async function add(page, kind) {
  await page.selectOption("#add-policy", kind);
  await page.waitForSelector(`.policy[data-kind=${kind}]`);
  await checked(page);
}
async function setYears(page, years) {
  await page.locator("#years").fill(String(years));
  await checked(page);
}
async function run(page, id = "#run") {
  await page.click(id);
  await done(page);
  return page.evaluate(() => ({ ...document.getElementById("page").dataset }));
}
/** Files that the page offers, as it saves them. */
async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The scenario of the page run by the program: the same bytes in every table. */
async function sameBytes(page, folder, name) {
  const own = join(work, name, basename(folder));
  mkdirSync(join(work, name), { recursive: true });
  cpSync(folder, own, { recursive: true });
  const scenario = await saved(page, () => page.click("#save-toml"));
  writeFileSync(join(own, scenario.name), scenario.bytes);
  const results = join(work, name, "results");
  const ran = spawnSync(
    program,
    ["run", join(own, scenario.name), "--threads", "1", "--quiet", "--out", results],
    { encoding: "utf8" },
  );
  holds(`${name}: the program runs the scenario of the page`, ran.status === 0, ran.stderr);
  if (ran.status !== 0) return NaN;
  const files = readdirSync(results).filter((file) => file.endsWith(".csv"));
  const different = [];
  for (const file of files) {
    const table = await saved(page, () =>
      page
        .locator("button.file", { hasText: file + " (" })
        .first()
        .click(),
    );
    if (!table.bytes.equals(readFileSync(join(results, file)))) different.push(file);
  }
  holds(
    `${name}: ${files.length} tables of the tab are those of the program, byte for byte`,
    files.length >= 8 && !different.length,
    different.join(" "),
  );
  const manifest = JSON.parse(readFileSync(join(results, "manifest.json"), "utf8"));
  return manifest.sessions[0].duration_seconds;
}

async function question(context) {
  const page = await pageOf(context);
  const begun = Date.now();
  await page.goto(server.address);
  await ready(page);
  console.log(`     the page is ready after ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  await choose(page, "mountain_and_coast");
  await setYears(page, 6);
  const before = await page.evaluate(() => location.hash);
  await add(page, "income_transfer");
  const slider = page.locator('input[type=range][data-field="person_yuan"]');
  await slider.focus();
  const was = await slider.inputValue();
  await page.keyboard.press("ArrowRight");
  holds("a slider moves by the keyboard", (await slider.inputValue()) !== was);
  await checked(page);
  const names = await page.$$eval(
    "#question .policy .field input",
    (all) => all.filter((one) => !one.getAttribute("aria-label")).length,
  );
  holds("every slider has a name for screen readers", names === 0);
  const unnamed = await page.$$eval(
    "input, select, button",
    (all) => all.filter((one) => !(one.ariaLabel || one.labels?.length || one.textContent.trim())).length,
  );
  holds("every control has a name", unnamed === 0, unnamed || "");
  await addressed(page, before);
  const link = page.url();
  await page.click("#undo");
  holds(
    "undo takes a slider back",
    (await page.locator('input[type=range][data-field="person_yuan"]').inputValue()) === was,
  );
  await page.click("#undo");
  holds("undo takes a policy back", (await page.locator(".policy").count()) === 0);
  await page.click("#undo");
  await page.click("#undo");
  holds("and the choice of a place", (await page.inputValue("#place")) === "zhejiang");
  await checked(page);
  return { page, link };
}

async function answer({ page, link }) {
  const other = await pageOf(page.context());
  await other.goto(link);
  await ready(other);
  holds(
    "a link brings place, years and policies back",
    (await other.inputValue("#place")) === "mountain_and_coast" &&
      (await other.inputValue("#years")) === "6" &&
      (await other.locator(".policy[data-kind=income_transfer]").count()) === 1,
  );
  await add(other, "hukou_reform");
  const seen = await other.evaluateHandle(() => {
    const years = new Set();
    new MutationObserver(() => years.add(document.getElementById("status").textContent)).observe(
      document.getElementById("status"),
      { childList: true },
    );
    return years;
  });
  const ended = await run(other);
  holds("a run ends well", ended.done === "yes", await other.textContent("#fault"));
  const told = await seen.evaluate((years) => years.size);
  holds("years arrive one by one", told >= 6, told);
  holds(
    "the three gaps and the levels stand in the headline",
    (await other.locator(".tile[data-indicator]").count()) === 8,
  );
  holds("the map shows every place", (await other.locator("circle.spot").count()) === 6);
  const costs = await other.locator("#results").innerText();
  holds(
    "cost and payer are told",
    /Paid together: [1-9]/.test(costs) && costs.includes("central government"),
  );
  await picture(other, "answer");
  await sameBytes(other, "scenarios/teaching", "teaching");
  await setYears(other, 7);
  holds("results of an earlier question say so", (await other.locator("#old").count()) === 1);
  await other.click("#undo");
  holds("and no longer once it is the same again", (await other.locator("#old").count()) === 0);
  await run(other, "#again");
  await run(other, "#again");
  const text = await other.locator("#results").innerText();
  holds("three lucks give intervals", text.includes("95 % interval"));
  await other.keyboard.press("Escape");
  await other.locator("h1").click();
  await other.keyboard.press("l");
  await other.waitForFunction(() => document.documentElement.lang === "zh-CN");
  const chinese = await other.locator("#page").innerText();
  holds("one key brings Chinese", chinese.includes("谁受益") && chinese.includes("城乡收入比"));
  const english = chinese.match(/[A-Za-z]{3,} [a-z]{3,} [a-z]{3,} [a-z]{3,}/g) || [];
  console.log(
    `     English sentences left in the Chinese page: ${english.length}`,
    english.slice(0, 5).join(" | "),
  );
  await picture(other, "chinese");
  await other.keyboard.press("l");
  await other.waitForFunction(() => document.documentElement.lang === "en");
  await other.close();
}

async function faultsInWords(page) {
  await page.goto("about:blank");
  await page.goto(server.address + "#AAAAAAAAbm90aGluZw");
  await ready(page);
  holds("a damaged link is told in a sentence", (await page.textContent("#fault")).includes("damaged"));
  await choose(page, "two_regions");
  const nodes = readFileSync("scenarios/teaching/two_regions_nodes.csv", "utf8");
  const wrong = join(work, "nodes.csv");
  writeFileSync(wrong, nodes.replace(",400000,", ",many,"));
  await page.setInputFiles("#files", wrong);
  await page.waitForFunction(() => document.getElementById("fault").textContent !== "");
  const told = await page.textContent("#fault");
  holds(
    "a wrong table is told with line and caret",
    told.includes("nodes.csv:2") && told.includes("^"),
    told.split("\n")[0],
  );
  writeFileSync(wrong, nodes);
  await page.setInputFiles("#files", wrong);
  await page.waitForFunction(() => document.getElementById("place").value === "own");
  await setYears(page, 2);
  const ended = await run(page);
  holds("tables of one's own run", ended.done === "yes", await page.textContent("#fault"));
}

/** An engine that stops: a sentence, and a page that goes on. */
async function stopped() {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  let isBroken = true;
  await page.route("**/worker.js", async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    const broken = text.replace("run.step();", 'throw new WebAssembly.RuntimeError("unreachable");');
    await route.fulfill({ response, body: isBroken ? broken : text });
  });
  await page.goto(server.address);
  await ready(page);
  await choose(page, "two_regions");
  await setYears(page, 2);
  const failed = await run(page);
  holds(
    "an engine that stops becomes a sentence",
    failed.done === "failed" && (await page.textContent("#fault")).includes("memory of the tab"),
    await page.textContent("#fault"),
  );
  isBroken = false;
  const again = await run(page);
  holds("and the next press starts a new one", again.done === "yes", await page.textContent("#fault"));
  await context.close();
}

async function telephone(context) {
  const page = await pageOf(context);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(server.address);
  await ready(page);
  await choose(page, "mountain_and_coast");
  await setYears(page, 2);
  await add(page, "mountain_sea_pairing");
  const ended = await run(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  holds("it fits a telephone of 390 pixels", ended.done === "yes" && width <= 390, width);
  await picture(page, "telephone");
  await page.close();
}

async function offline(context) {
  const page = await pageOf(context);
  await page.goto(server.address);
  await ready(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await choose(page, "two_regions");
  await setYears(page, 2);
  await add(page, "skills_training");
  const ended = await run(page);
  holds(
    "it works without a network after the first visit",
    ended.done === "yes",
    await page.textContent("#fault"),
  );
  await context.setOffline(false);
  await page.close();
}

/** Zhejiang as it opens, with a policy that reads a table. */
async function zhejiang(context) {
  const page = await pageOf(context);
  await page.goto(server.address);
  await ready(page);
  await setYears(page, 4);
  await add(page, "mountain_sea_pairing");
  await add(page, "chain_leader");
  const ended = await run(page);
  holds("Zhejiang runs at one agent 500 persons", ended.done === "yes", await page.textContent("#fault"));
  const natively = await sameBytes(page, "scenarios/zhejiang", "zhejiang");
  console.log(
    `     first year after ${ended.first} s, both arms after ${ended.seconds} s; an arm ${ended.engine} s in the tab, ${natively.toFixed(2)} s in the program on one thread: ${(ended.engine / natively).toFixed(1)} times`,
  );
  await picture(page, "zhejiang");
  await page.close();
}

async function fromFolder(context) {
  const page = await context.newPage();
  await page.goto(pathToFileURL(resolve(site, "index.html")).href);
  holds(
    "from a bare folder it says what to do",
    /what-if\.html.*python3 -m http\.server/s.test(await page.textContent("#waiting")),
  );
  await page.close();
}

/** The page that is one file, in a folder of its own and without a network. */
async function oneFile(context) {
  const alone = join(work, "alone", "what-if.html");
  mkdirSync(join(work, "alone"), { recursive: true });
  cpSync(join(site, "what-if.html"), alone);
  const page = await pageOf(context);
  const asked = [];
  page.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) asked.push(request.url());
  });
  await context.setOffline(true);
  await page.goto(pathToFileURL(resolve(alone)).href);
  await ready(page);
  await choose(page, "two_regions");
  await setYears(page, 2);
  await add(page, "skills_training");
  const ended = await run(page);
  holds("as one file it runs from a folder", ended.done === "yes", await page.textContent("#fault"));
  await sameBytes(page, "scenarios/teaching", "one-file");
  holds("and asks no server for anything", asked.length === 0, asked.slice(0, 3).join(" "));
  await context.setOffline(false);
  await page.close();
}

/** Every field is explained in Chinese and has a form. */
async function translated(context) {
  const page = await pageOf(context);
  await page.goto(server.address);
  await ready(page);
  const missing = await page.evaluate(async () => {
    const { state } = await import("./site/script/state.js");
    return state.catalogue.kinds.flatMap((kind) =>
      kind.fields
        .filter((field) => field.meaning_zh === field.meaning)
        .map((field) => `${kind.name}.${field.name}`),
    );
  });
  holds("every field of every kind is explained in Chinese", missing.length === 0, missing.join(" "));
  const unknown = await page.evaluate(async () => {
    const { state } = await import("./site/script/state.js");
    const forms = [
      "number",
      "whole",
      "truth",
      "choice",
      "choices",
      "pairs",
      "text",
      "Period",
      "Selector",
      "Payers",
    ];
    return state.catalogue.kinds.flatMap((kind) =>
      kind.fields
        .filter((field) => !forms.includes(field.form))
        .map((field) => `${kind.name}.${field.name}: ${field.form}`),
    );
  });
  holds("every field of every policy has a form", unknown.length === 0, unknown.join(" "));
  await page.close();
}

const context = await browser.newContext({ locale: "en-GB", acceptDownloads: true });
try {
  if (!existsSync(program)) throw new Error(`there is no program ${program}`);
  const asked = await question(context);
  await answer(asked);
  await faultsInWords(asked.page);
  await asked.page.close();
  await translated(context);
  await telephone(context);
  await zhejiang(context);
  await offline(context);
  await stopped();
  await fromFolder(context);
  await oneFile(context);
  holds("no error was left in the console", faults.length === 0, faults.slice(0, 3).join(" | "));
} finally {
  await browser.close();
  server.close();
}
console.log(failures ? `${failures} promises of the page are broken` : "the page keeps its promises");
process.exit(failures ? 1 : 0);
