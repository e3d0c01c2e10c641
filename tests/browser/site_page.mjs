// What a reader does on the what-if page.
import { readFileSync } from "node:fs";

export const ready = (page) => page.waitForSelector("#page[data-ready=yes]");
export const checked = (page) => page.waitForSelector("#page[data-checked]");
export const done = (page) => page.waitForSelector("#page[data-done]");
export const addressed = (page, before) => page.waitForFunction((old) => location.hash !== old, before);
export async function choose(page, place) {
  const before = await page.evaluate(() => location.hash);
  await page.selectOption("#place", place);
  await addressed(page, before);
  await checked(page);
}
export async function add(page, kind) {
  await page.selectOption("#add-policy", kind);
  await page.click("#add");
  await page.waitForSelector(`.policy[data-kind=${kind}]`);
  await checked(page);
}
export async function setYears(page, years) {
  await page.locator("#years").fill(String(years));
  await checked(page);
}
export async function run(page, id = "#run") {
  await page.click(id);
  await done(page);
  return page.evaluate(() => ({ ...document.getElementById("page").dataset }));
}
/** Files that the page offers, as it saves them. */
export async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
