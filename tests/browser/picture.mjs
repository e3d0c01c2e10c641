// A picture of one report for the README: its heading, its headline numbers, its map and its bars.
//   node picture.mjs report.html report.png
import { addressOf, launch, ready } from "./browser.mjs";

const WIDTH = 1280;
/** Only what the picture needs is left on the page. */
const STYLE = `
  nav, .choices, #headline > :not(h3):not(.tiles):not(.brackets), #map > h2, #map .tools, #map details,
  #map .foot button, #exchange, #time, #distribution, #policy, #audit, #parameters, footer { display: none !important }
  #headline h3 { margin-top: .7em }
  .tiles { margin: 6px 0 12px }
  main { padding-bottom: 16px }`;

const [report, picture] = process.argv.slice(2);
const browser = await launch();
const context = await browser.newContext({
  viewport: { width: WIDTH, height: 1000 },
  deviceScaleFactor: 1.25,
  colorScheme: "light",
  locale: "en-GB",
  reducedMotion: "reduce",
});
const page = await context.newPage();
await page.goto(addressOf(report) + "#lang=en&theme=light");
await ready(page);
await page.addStyleTag({ content: STYLE });
const bottom = await page.evaluate(() => document.getElementById("main").getBoundingClientRect().bottom);
await page.setViewportSize({ width: WIDTH, height: Math.ceil(bottom) });
await page.waitForTimeout(400);
await page.screenshot({ path: picture });
await browser.close();
