// A picture of one report for the README: its heading, its headline numbers, its map and its bars.
//   node picture.mjs report.html report.png
import { chromium } from "playwright-core";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [page_file, picture] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await (await browser.newContext({ viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 1.25, colorScheme: "light", locale: "en-GB", reducedMotion: "reduce" })).newPage();
await page.goto(pathToFileURL(path.resolve(page_file)).href + "#lang=en&theme=light");
await page.waitForFunction(() => document.documentElement.dataset.ready === "yes");
// Only what the picture needs is left on the page.
await page.addStyleTag({ content: "nav, .choices, #headline > :not(h3):not(.tiles):not(.brackets), #map > h2, #map .tools, #map details, #map .foot button, #exchange, #time, #distribution, #policy, #audit, #parameters, footer { display: none !important } #headline h3 { margin-top: .7em } .tiles { margin: 6px 0 12px } main { padding-bottom: 16px }" });
await page.setViewportSize({ width: 1280, height: Math.ceil(await page.evaluate(() => document.getElementById("main").getBoundingClientRect().bottom)) });
await page.waitForTimeout(400);
await page.screenshot({ path: picture });
await browser.close();
