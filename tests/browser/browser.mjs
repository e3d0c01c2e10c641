// The browser of the tests and of the picture of the README.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const QUIET = ["disable-background-networking", "disable-component-update", "disable-sync", "no-first-run"];

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["headless", "no-sandbox", "disable-gpu", ...QUIET].map((flag) => "--" + flag),
  });
export const addressOf = (file) => pathToFileURL(path.resolve(file)).href;
/** Waits until every chart is drawn. */
export const ready = (page) =>
  page.waitForFunction(() => document.documentElement.dataset.ready === "yes", null, { timeout: 60000 });
