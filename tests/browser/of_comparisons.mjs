// What a page of a comparison promises: differences with intervals everywhere.
import { look, seriesOf } from "./looks.mjs";
import { check, checkNone } from "./promises.mjs";

const GAPS = ["Regional gap", "Urban-rural gap\n", "Urban-rural gap by home", "Income gap"];
const CHARTS = [
  ...["map", "by-place", "flow-changes", "sankey", "chord", "time-gap", "time-home"],
  ...["lorenz", "theil", "scatter", "levers", "costs", "balances", "attribution", "phases"],
];
/** Chart, which of its choices, and the position that is chosen. */
const CHOICES = [
  ["levers", "select", 3],
  ["attribution", "select", 2],
  ["map", "select", 1],
  ["sankey", "select.arm", 0],
  ["flow-changes", "select.factor", 2],
];
async function headline(page, here) {
  const tiles = await page.$$eval("#headline .tile", (nodes) => nodes.map((node) => node.innerText));
  const words = await page.innerText("#headline");
  const gaps = GAPS.map((name) => tiles.find((tile) => tile.startsWith(name)));
  const isWhole = (tile) => tile && /\[[-+.\d]+, [-+.\d]+\]/.test(tile) && /without .* with /.test(tile);
  check(gaps.every(isWhole), `${here}: the three gaps are differences with intervals and both levels`);
  check(/\d+ % Student's t interval/.test(words), `${here}: the interval is named`);
  const counted = /Of \d+ places \d+ gain, \d+ lose/.test(await page.innerText("#winners"));
  check(counted, `${here}: winners and losers are counted`);
  const paid = /Programmes cost .* yuan/.test(words) && /central government/.test(words);
  check(paid, `${here}: cost and payer stand in the headline`);
}
async function choose(page, id, selector, position) {
  await page.$eval(
    `#card-${id} ${selector}`,
    (list, chosen) => {
      list.selectedIndex = chosen;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    },
    position,
  );
}
export async function ofComparisons(page, here) {
  await headline(page, here);
  const cards = await page.evaluate(() => window.shanhaiReport.cards().map(({ id, chart }) => [id, !!chart]));
  const drawn = cards.filter(([, isDrawn]) => isDrawn).map(([id]) => id);
  const missing = CHARTS.filter((id) => !drawn.includes(id));
  checkNone(missing, `${here}: every part of a comparison is drawn`);
  const leads = (await seriesOf(page, "scatter")).find(({ type }) => type === "lines");
  check(leads && leads.data.length > 100, `${here}: nodes are led from without to with`);
  for (const [id, selector, position] of CHOICES) {
    const before = await look(page, id);
    await choose(page, id, selector, position);
    check((await look(page, id)) !== before, `${here}: a choice changes ${id}`);
  }
}
