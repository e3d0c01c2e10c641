// The lessons on the what-if page, held against the program.
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { choose, ready, run, saved } from "./site_page.mjs";

/** The run without policies that the page offers is that of the program. */
async function withoutPolicies(page, { holds, program, work }) {
  const folder = join(work, "without");
  cpSync("scenarios/teaching", join(folder, "teaching"), { recursive: true });
  const scenario = await saved(page, () => page.click("#save-without"));
  writeFileSync(join(folder, "teaching", scenario.name), scenario.bytes);
  const alone = [join(folder, "teaching", scenario.name), "--quiet", "--out", join(folder, "results")];
  const lived = spawnSync(program, ["run", ...alone], { encoding: "utf8" });
  const table = await saved(page, () =>
    page.locator("button.file", { hasText: "indicators.csv (" }).nth(1).click(),
  );
  holds(
    "the run without policies can be taken along, byte for byte",
    lived.status === 0 &&
      table.name === "without-indicators.csv" &&
      table.bytes.equals(readFileSync(join(folder, "results", "indicators.csv"))),
    lived.stderr,
  );
}

/** A lesson opens with what its scenario says. */
async function opened(page, { holds }) {
  const wrong = [];
  const kinds = {
    capital_clusters: "development_zone",
    transfer: "income_transfer",
    hukou: "hukou_reform",
    pairing: "mountain_sea_pairing",
    who_pays: "infrastructure",
  };
  for (const [name, kind] of Object.entries(kinds)) {
    await choose(page, name);
    const has = await page.evaluate(() => [
      document.getElementById("years").value,
      document.getElementById("agents").value,
      [...document.querySelectorAll(".policy")].map((one) => one.dataset.kind).join(),
      document.getElementById("fault").textContent,
    ]);
    if (has.join("|") !== `10|10|${kind}|`) wrong.push(`${name}: ${has.join("|")}`);
  }
  holds("lessons 2 to 6 open with their years, agents and policy", wrong.length === 0, wrong.join(" "));
}

/** Differences of the page are those of the program that compares the scenario of the lesson. */
async function compared(page, { holds, program, work }) {
  const ours = await saved(page, () => page.click("#save-differences"));
  const out = join(work, "compare");
  const scenario = "scenarios/teaching/transfer.toml";
  const ran = spawnSync(program, ["compare", scenario, "--replicates", "2", "--quiet", "--out", out], {
    encoding: "utf8",
  });
  holds("the program compares the scenario of the lesson", ran.status === 0, ran.stderr);
  const rowsOf = (text) =>
    text
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
  const theirs = new Map(
    rowsOf(readFileSync(join(out, "compare.csv"), "utf8")).map(
      ([, indicator, scope, id, year, , , difference]) => [
        [year, indicator, scope, id].join(),
        Number(difference),
      ],
    ),
  );
  let same = 0;
  const different = [];
  for (const [year, indicator, , scope, id, , without, , difference] of rowsOf(ours.bytes.toString())) {
    const key = [year, indicator, scope, id].join();
    if (!theirs.has(key)) continue;
    const gap = Math.abs(theirs.get(key) - Number(difference));
    if (gap <= 1e-9 * Math.max(1, Math.abs(Number(without)))) same += 1;
    else different.push(key);
  }
  holds(
    `${same} differences are those of \`shanhai compare\` of the lesson`,
    same > 500 && !different.length,
    different.slice(0, 3).join(" "),
  );
}

export async function lessons(page, tools) {
  const { holds } = tools;
  await ready(page);
  await opened(page, tools);
  await choose(page, "transfer");
  await run(page);
  await run(page, "#again");
  const at = await page.evaluate(() => {
    const { max, value } = document.getElementById("year");
    return [max, value];
  });
  holds("the slider of years stands at its end", at[0] === at[1], at.join(" "));
  const sentence = await page.textContent("#sentence");
  holds("one sentence says what households have of the money", /For every 100 yuan/.test(sentence), sentence);
  await withoutPolicies(page, tools);
  await compared(page, tools);
  await choose(page, "hukou");
  await run(page);
  holds("a mean against all of its groups is explained", (await page.locator("#composition").count()) === 1);
  const sure = await page.locator("#results").innerText();
  holds(
    "shares of Zhejiang are not shown for an invented place",
    sure.includes("says nothing about this place"),
  );
}
