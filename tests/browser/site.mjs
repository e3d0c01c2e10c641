// Promises of the what-if page, in a real browser: node site.mjs PROGRAM SITE WORK [PICTURES]
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import { lessons } from "./site_lessons.mjs";
import { add, addressed, checked, choose, done, ready, run, saved, setYears } from "./site_page.mjs";
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
async function picture(page, name) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, name + ".png"), fullPage: true });
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
  holds("the map shows every place", (await other.locator(".spot").count()) === 6);
  const costs = await other.locator("#results").innerText();
  holds(
    "cost and payer are told",
    /Paid together: [1-9]/.test(costs) && costs.includes("central government"),
  );
  await other.focus(".spot[tabindex='0']");
  await other.keyboard.press("ArrowRight");
  await other.keyboard.press("Enter");
  const spot = await other.evaluate(() => document.activeElement.getAttribute("aria-label"));
  holds(
    "a place of the map is chosen by the keyboard",
    costs.length < (await other.locator("#results").innerText()).length && Boolean(spot),
    spot,
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
  holds("three pairs of runs give intervals", text.includes("95 % interval"));
  const unsure = await other.$$eval(
    ".difference",
    (all) => all.filter((one) => !/ to /.test(one.querySelector("small").textContent)).length,
  );
  holds("and every row of groups and places has one", unsure === 0, unsure || "");
  await other.keyboard.press("Escape");
  await other.locator("h1").click();
  await other.keyboard.press("l");
  await other.waitForFunction(() => document.documentElement.lang === "zh-CN");
  const chinese = await other.locator("#page").innerText();
  holds("one key brings Chinese", chinese.includes("谁受益") && chinese.includes("城乡收入比"));
  const english = chinese.match(/[A-Za-z]{3,} [a-z]{3,} [a-z]{3,} [a-z]{3,}/g) || [];
  holds(
    "no English sentence is left in the Chinese page",
    english.length === 0,
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
  holds("two places of one's own open with 10 persons an agent", (await page.inputValue("#agents")) === "10");
  await setYears(page, 2);
  const ended = await run(page);
  holds("tables of one's own run", ended.done === "yes", await page.textContent("#fault"));
  const nobody = await page.locator("#results").innerText();
  holds(
    "without a policy nobody gains or loses",
    nobody.includes("0 of 2 places have more, 0 have less") && nobody.split("None.").length === 3,
  );
  const example = await saved(page, () => page.click("#example"));
  holds(
    "an example can be downloaded",
    example.name === "mountain_and_coast.toml" && example.bytes.length > 500,
  );
}

/** Values that a question cannot have are told where they are typed, and answers that are there stay. */
async function atTheField(context) {
  const page = await pageOf(context);
  await page.goto(server.address);
  await ready(page);
  await choose(page, "mountain_and_coast");
  await setYears(page, 2);
  await page.focus("#add-policy");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("infra");
  holds(
    "arrows and letters in the closed menu add nothing",
    (await page.locator(".policy").count()) === 0 &&
      (await page.evaluate(() => document.documentElement.lang)) === "en",
  );
  await add(page, "mountain_sea_pairing");
  const pair = await page.$$eval(".policy fieldset .row", (rows) =>
    rows.map((row) =>
      [...row.querySelectorAll("select")].map((list) => list.selectedOptions[0].text).join(" – "),
    ),
  );
  holds("a pair begins in the mountains", pair.includes("Mountain – Coast city"), pair.join(" | "));
  await page.click(".policy details summary");
  const seats = page.locator('input[type=range][data-field="training_seats"]');
  holds("a slider ends where the place ends", Number(await seats.getAttribute("max")) === 5000);
  await page.locator("#run").focus();
  await page.keyboard.press("Enter");
  await done(page);
  holds(
    "after a run the focus is where it was",
    (await page.evaluate(() => document.activeElement.id)) === "run",
  );
  const box = page.locator('.field:has([data-field="access"]) input[type=number]');
  await box.fill("9");
  await box.blur();
  const wrong = await page.locator(".wrong:not(:empty)").innerText();
  holds("what is out of range is told at its field", /Not taken: 0 to 3/.test(wrong), wrong);
  await checked(page);
  holds(
    "and is not in the question",
    (await page.textContent("#fault")) === "" && (await page.locator("#old").count()) === 0,
  );
  await choose(page, "two_regions");
  holds("another place begins without results", (await page.locator(".tile").count()) === 0);
  await page.click("#undo");
  holds("undo brings a place back with its results", (await page.locator(".tile").count()) === 8);
  await checked(page);
  await onThePage(page);
}

/** Where a policy is, who pays for it, and what a scenario lacks, in words that can be acted on. */
async function onThePage(page) {
  await add(page, "income_transfer");
  const transfer = page.locator(".policy[data-kind=income_transfer]");
  const words = async () => (await transfer.locator(".chosen").allInnerTexts()).join(" | ");
  holds(
    "a condition says among which places it chooses",
    /Of these 3 places the 1 with/.test(await words()),
    await words(),
  );
  await transfer.locator("select:has(option[value=mountain])").last().selectOption("mountain");
  await checked(page);
  holds(
    "a tag alone chooses all of its places",
    /Chosen, 1: Mountain village/.test(await words()),
    await words(),
  );
  const measures = transfer
    .locator("fieldset:has(.chosen)")
    .last()
    .locator("select:has(option[value=ecology])");
  await measures.selectOption("ecology");
  await page.waitForFunction(() => document.getElementById("fault").textContent !== "");
  const told = await page.textContent("#fault");
  holds(
    "a policy that cannot act is told in words of the page",
    /Here: choose/.test(told) && !told.includes("--allow"),
    told,
  );
  await page.click("#run");
  await done(page);
  holds("a run that fails leaves the answer before it", (await page.locator(".tile").count()) === 8);
  await page.click("#undo");
  await checked(page);
  const payer = (name) => transfer.locator(`input[data-payer=${name}]`);
  for (const name of ["province", "centre"]) {
    await payer(name).evaluate((slider) => {
      slider.value = 0;
      slider.dispatchEvent(new Event("change"));
    });
  }
  const shares = await transfer
    .locator("input[data-payer]")
    .evaluateAll((all) => all.map((one) => Number(one.value)));
  holds(
    "somebody always pays, all of it",
    shares.includes(100) && shares.reduce((sum, one) => sum + one) === 100,
    shares,
  );
  const lone = join(work, "lone.toml");
  writeFileSync(lone, readFileSync("scenarios/zhejiang/baseline.toml"));
  await page.setInputFiles("#files", lone);
  await page.waitForFunction(() => /did not come along/.test(document.getElementById("fault").textContent));
  const missing = await page.textContent("#fault");
  holds("a scenario alone is told which tables it reads", missing.includes("nodes.csv"), missing);
  await page.close();
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
  await page.evaluate(() => window.scrollTo(0, 0));
  const bottom = await page.locator("#run").evaluate((one) => one.getBoundingClientRect().bottom);
  holds("and Run is in sight at the top of the question", bottom <= 844, Math.round(bottom));
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
  const sure = await page.locator("#results").innerText();
  holds(
    "and says that its shares are of another question",
    /Not of your question.*29 uncertain parameters/s.test(sure) && !/before version/.test(sure),
  );
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
  await atTheField(context);
  const lesson = await pageOf(context);
  await lesson.goto(server.address);
  await lessons(lesson, { holds, program, work });
  await lesson.close();
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
