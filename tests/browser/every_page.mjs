// What every page promises, whatever its results.
import { ready } from "./browser.mjs";
import { bareCharts, brokenWord, marks } from "./looks.mjs";
import { check, checkNone } from "./promises.mjs";

const CHINESE = /[\u4e00-\u9fff]/;
const isHash = (text) => /^[0-9a-f]{64}$/.test(text);

/** What a reader has to open is read too: its texts count for nothing while it is shut. */
const unfold = (page) =>
  page.$$eval("details", (all) => {
    for (const one of all) one.open = true;
  });

/** Every chart says how to read it, its unit and source, and gives its data. */
export async function everyCard(page, here) {
  const cards = await page.evaluate(() =>
    window.shanhaiReport.cards().map((card) => ({
      id: card.id,
      how: card.how.textContent.length,
      unit: card.unitBox.textContent,
      source: card.source,
      foot: card.box.querySelector(".foot button") !== null,
      label: card.chartBox.getAttribute("aria-label"),
      rows: card.rows().length,
      widths: new Set(card.rows().map((row) => row.length)).size,
    })),
  );
  const isWhole = (card) =>
    card.how >= 40 && card.unit && /csv|json/.test(card.source) && card.foot && card.label;
  const poor = cards.filter((card) => !isWhole(card) || card.rows < 2 || card.widths !== 1);
  checkNone(poor, `${here}: every chart has a sentence, unit, source and data`);
  check(
    new Set(cards.map(({ id }) => id)).size === cards.length,
    `${here}: every chart has a name of its own`,
  );
  const golden = await page.$$eval("#golden .hash", (nodes) => nodes.map((node) => node.textContent));
  check(golden.length > 0 && golden.every(isHash), `${here}: a golden hash for every folder`);
  const identities = (await page.innerText("#audit")).match(/^I\d+/gm) || [];
  check(identities.length === 13, `${here}: thirteen identities are named`, identities.length);
}
/** On paper the page is light and every chart has marks, also from a dark screen; the screen comes back. */
export async function onPaper(page, here) {
  const theme = () => page.getAttribute("html", "data-theme");
  await page.selectOption("#choose-theme", "dark");
  await ready(page);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  check((await theme()) === "light", `${here}: prints light`);
  checkNone(bareCharts(await marks(page)), `${here}: prints every chart`);
  const wide = await page.$$eval(".chart", (boxes) => boxes.filter((box) => box.scrollWidth > 702).length);
  check(wide === 0, `${here}: prints within a sheet`, wide);
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  check((await theme()) === "dark", `${here}: the screen is as it was`);
  await page.selectOption("#choose-theme", "light");
  await ready(page);
}
/** A place is found, the years are played, and the data of a chart can be taken along. */
export async function mapTools(page, here) {
  await page.fill("#card-map input[type=search]", "a");
  await page.click("#card-map .found button");
  check((await page.$$("#card-map .found button")).length > 0, `${here}: a place is found`);
  await page.click("#card-map button.play");
  const year = await page.textContent("#card-map output.year");
  const isMoved = (before) => document.querySelector("#card-map output.year").textContent !== before;
  await page.waitForFunction(isMoved, year, { timeout: 5000 });
  check(true, `${here}: play moves the year`);
  await page.click("#card-map button.play");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#card-map .foot button")]);
  check(file.suggestedFilename() === "map.csv", `${here}: the data of a chart can be taken along`);
}
/** Every word and number is one, also in what has to be opened. */
export async function everyWord(page, here) {
  await unfold(page);
  const checksums = await page.$$eval("#audit details .hash", (nodes) =>
    nodes.map((node) => node.textContent),
  );
  check(
    checksums.length > 1 && checksums.every(isHash),
    `${here}: every table has its checksum`,
    checksums.length,
  );
  const broken = brokenWord(await page.innerText("main"));
  check(!broken, `${here}: every word and number is one`, broken);
}
export async function otherColours(page, here, kind) {
  await page.focus("#choose-palette");
  await page.selectOption("#choose-palette", "tol");
  await ready(page);
  const focus = await page.evaluate(() => document.activeElement && document.activeElement.id);
  check(focus === "choose-palette", `${here}: a choice of colours keeps the focus`, focus);
  if (kind === "comparison") {
    const how = await page.$eval("#card-map .how", (node) => node.textContent);
    check(/red loses/.test(how) && !/orange/.test(how), `${here}: the map names the colours that are chosen`);
  }
  await page.selectOption("#choose-palette", "okabe");
  await ready(page);
}
/** The same page in Chinese, reached by keyboard. */
export async function inChinese(page, here) {
  const english = await page.innerText("main");
  await page.focus("#language");
  await page.keyboard.press("Enter");
  await ready(page);
  const [chinese, sections] = [await page.innerText("main"), await page.innerText("nav")];
  check(english !== chinese && CHINESE.test(sections), `${here}: the language switch works by keyboard`);
  check((await page.getAttribute("html", "lang")) === "zh-CN", `${here}: the page says its language`);
  const column = "#parameters tbody tr td:nth-child(7)";
  const meanings = await page.$$eval(column, (cells) => cells.map((cell) => cell.textContent));
  const areChinese = meanings.length > 100 && meanings.every((meaning) => CHINESE.test(meaning));
  check(areChinese, `${here}: ${meanings.length} parameters are explained in Chinese`);
  await unfold(page);
  const broken = brokenWord(await page.innerText("main"));
  check(!broken, `${here}: every word and number is one in Chinese`, broken);
  checkNone(bareCharts(await marks(page)), `${here}: every chart has marks in Chinese`);
}
