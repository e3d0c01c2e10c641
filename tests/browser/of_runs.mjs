// What a page of runs promises: flows, bands, trails, curves.
import { look, seriesOf } from "./looks.mjs";
import { check } from "./promises.mjs";

const total = (links) => links.reduce((sum, link) => sum + link.value, 0);

async function exchange(page, here) {
  const [sankey] = await seriesOf(page, "sankey");
  const [chord] = await seriesOf(page, "chord");
  const hasBands = sankey.type === "sankey" && sankey.links.length >= 9 && total(sankey.links) > 1e5;
  check(hasBands, `${here}: the Sankey diagram has its bands`);
  const hasRibbons = chord.type === "chord" && chord.links.length >= 6;
  const isLess = total(chord.links) < total(sankey.links);
  check(hasRibbons && isLess, `${here}: the chord diagram has its ribbons, without those inside a tier`);
}
async function bandsAndTrails(page, here) {
  const bands = (await seriesOf(page, "time-population")).filter(({ type }) => type === "custom").length;
  const polygons = await page.$$eval("#card-time-population path", (paths) => {
    const styleOf = (path) => path.getAttribute("style") || "";
    return paths.filter((path) => path.getAttribute("fill-opacity") || /opacity/.test(styleOf(path))).length;
  });
  check(bands === 3 && polygons >= 3, `${here}: three tiers have bands over replicates`, { bands, polygons });
  const trails = (await seriesOf(page, "scatter")).find(({ type }) => type === "lines");
  const areLong = trails && trails.data.length > 100 && trails.data.every(({ coords }) => coords.length > 1);
  check(areLong, `${here}: nodes have trails over the years`);
}
async function inequality(page, here) {
  for (const { name, data } of (await seriesOf(page, "lorenz")).slice(1)) {
    const below = data.every(([people, income]) => income <= people + 1e-9);
    // People stand in the order of their incomes, none of which is negative: the curve rises, ever more steeply.
    const before = (at) => data[Math.max(0, at - 1)];
    const rises = data.every(([people, income], at) => people >= before(at)[0] && income >= before(at)[1]);
    const slope = (at) => (data[at][1] - data[at - 1][1]) / Math.max(data[at][0] - data[at - 1][0], 1e-12);
    const wide = data.map((_, at) => at).filter((at) => at > 0 && data[at][0] - data[at - 1][0] > 1e-6);
    const bends = wide.every((at, place) => place === 0 || slope(at) >= slope(wide[place - 1]) - 1e-3);
    const ends = data[data.length - 1].every((share) => Math.abs(share - 1) < 1e-9);
    check(
      below && rises && bends && ends,
      `${here}: the Lorenz curve of ${name} rises and bends upwards from 0 to 1 below the diagonal`,
    );
  }
  const sums = { tiers: [], prefectures: [] };
  for (const { stack, data } of await seriesOf(page, "theil")) {
    data.forEach((value, at) => (sums[stack][at] = (sums[stack][at] || 0) + value));
  }
  const isSame = (value, at) => Math.abs(value - sums.prefectures[at]) < 1e-3 * value;
  const areSame = sums.tiers.length > 1 && sums.tiers.every(isSame);
  check(areSame, `${here}: both splits of Theil's T add up to the same`);
}
async function keyboard(page, here) {
  await page.focus("#card-map input.year");
  const [year, before] = [await page.textContent("#card-map output.year"), await look(page, "map")];
  await page.keyboard.press("ArrowLeft");
  const isMoved = (await page.textContent("#card-map output.year")) === String(year - 1);
  check(isMoved && (await look(page, "map")) !== before, `${here}: the arrow keys move the year and the map`);
  await page.focus("#card-map details summary");
  await page.keyboard.press("Enter");
  const isOpen = await page.$eval("#card-map details", (node) => node.open);
  check(isOpen, `${here}: tables open by keyboard`);
}
/** Charts with a slider over the years, and how far before the last one it is moved. */
const SLIDERS = [
  [7, "map"],
  [6, "sankey"],
  [5, "scatter"],
  [4, "lorenz"],
];
async function setControl(page, selector, value) {
  await page.$eval(
    selector,
    (control, chosen) => {
      control.value = typeof chosen === "number" ? String(Number(control.max) - chosen) : chosen;
      for (const event of ["input", "change"]) control.dispatchEvent(new Event(event, { bubbles: true }));
    },
    value,
  );
}
async function choices(page, here) {
  for (const [back, id] of SLIDERS) {
    const before = await look(page, id);
    await setControl(page, `#card-${id} input.year`, back);
    check((await look(page, id)) !== before, `${here}: the year slider changes ${id}`);
  }
  const before = await look(page, "map");
  await setControl(page, "#card-map select.factor", "capital");
  check((await look(page, "map")) !== before, `${here}: another flow changes the map`);
}
/** Where flows are kept finer than between prefectures, arrows join prefectures unless the reader asks for places. */
async function clusters(page, here) {
  if (!(await page.$("#card-map select.between"))) return;
  const shareOf = async () => Number(/carry ([\d.]+)\s*%/.exec(await page.innerText("#card-map"))[1]);
  const [before, between] = [await look(page, "map"), await shareOf()];
  await setControl(page, "#card-map select.between", "node");
  const [after, among] = [await look(page, "map"), await shareOf()];
  check(
    before !== after && between > among,
    `${here}: arrows between prefectures carry more than between places`,
    {
      between,
      among,
    },
  );
  check(between > 50, `${here}: the arrows carry most of the net flow`, between);
}
export async function ofRuns(page, here) {
  await exchange(page, here);
  await bandsAndTrails(page, here);
  await inequality(page, here);
  const again = await page.innerText("#again");
  const holds = /holds/.test(again) && !/broken/.test(again);
  check(holds, `${here}: conservation is worked out again and holds`);
  await keyboard(page, here);
  await clusters(page, here);
  await choices(page, here);
}
