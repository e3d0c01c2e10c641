// Writes result folders with invented numbers: a comparison whose names try to break out, and a run of 5,700
// nodes over sixteen years. Real runs are made by run.sh.
//   node invented.mjs FOLDER
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = process.argv[2];
const TIERS = ["city", "county_seat", "village"];
const columns = (words) => words.split(" ");
const PLACES = columns(
  "node name name_en tier county county_name prefecture prefecture_name province province_name longitude latitude tags",
);
const count = (length, one) => Array.from({ length }, (_, at) => one(at));

let seed = 7;
/** A number from 0 to 1, the same in every run. */
function chance() {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
}
function cell(value) {
  const text = String(value ?? "");
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
function writer(folder) {
  mkdirSync(folder, { recursive: true });
  return (name, rows) => {
    const text = rows.map((row) => row.map(cell).join(",")).join("\n");
    writeFileSync(path.join(folder, name + ".csv"), text + "\n");
  };
}
function manifest(folder, title, policy) {
  const told = { title, description: title, sources: [title], assumptions: [title] };
  const resolved = { ...told, parameters: { relocation_review: 0.04 }, policy };
  const scenario = { name: "invented", text: `title = "${title}"`, sha256: "0", resolved };
  const text = JSON.stringify({
    ...{ program: "shanhai", version: "0.1.0", status: "finished", command: ["shanhai"], seed: 1 },
    ...{ scenarios: [scenario], inputs: [], sessions: [] },
  });
  writeFileSync(path.join(folder, "manifest.json"), text);
}

/** Breaks out of whatever does not write it with care. */
const BAD = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)> \u2028 & \"'";

function hostilePlace(at) {
  const county = [`c${at >> 1}`, BAD];
  const prefecture = [`p${at % 4}`, BAD + (at % 4)];
  const [longitude, latitude] = [118 + 4 * chance(), 28 + 3 * chance()];
  return [
    `n${at}`,
    BAD + at,
    BAD,
    TIERS[at % 3],
    ...county,
    ...prefecture,
    "x",
    BAD,
    longitude,
    latitude,
    BAD,
  ];
}
function hostileDifferences() {
  const head = "comparison indicator scope scope_id year baseline policy difference low high replicates unit";
  const rows = [columns(head)];
  const add = (of, year, baseline, difference, unit) => {
    const half = Math.abs(baseline) * 0.004;
    const values = [baseline, baseline + difference, difference, difference - half, difference + half];
    rows.push([BAD, ...of, year, ...values, 8, unit]);
  };
  const levels = [
    ["residents", 6e7, "persons"],
    ["income_per_head", 5e4, "yuan"],
    ["output_per_head", 1e5, "yuan"],
    ["ecology", 0.5, "index"],
  ];
  for (let year = 2020; year <= 2030; year++) {
    const since = (year - 2020) / 10;
    for (const [indicator, base, unit] of levels) {
      add([indicator, "area", "all"], year, base, 0.01 * base * since, unit);
      for (const [at, tier] of TIERS.entries()) {
        add([indicator, "tier", tier], year, base, (at - 0.7) * 0.02 * base * since, unit);
      }
      for (let at = 0; at < 4; at++) {
        add([indicator, "prefecture", `p${at}`], year, base, (at - 2) * 0.01 * base * since, unit);
      }
      add([indicator, "tag", BAD], year, base, 0, unit);
    }
    add(["income_ratio_residence", "area", "all"], year, 1.9, -0.05 * since, "ratio");
    add(["share_urban", "area", "all"], year, 0.72, 0.01 * since, "share");
  }
  for (let at = 0; at < 24; at++) {
    add(["income_per_head", "node", `n${at}`], 2030, 5e4, 3000 * (chance() - 0.4), "yuan");
  }
  return rows;
}
function hostile() {
  const folder = path.join(root, "hostile");
  const write = writer(folder);
  write("places", [PLACES, ...count(24, hostilePlace)]);
  write("compare", hostileDifferences());
  write("costs", [
    columns(
      "comparison policy payer purpose baseline_yuan policy_yuan difference_yuan low_yuan high_yuan demanded_yuan",
    ),
    [BAD, BAD, BAD, BAD, 0, 3e9, 3e9, 2.5e9, 3.5e9, 4e9],
    [BAD, BAD, "central_government", BAD, 0, 5e8, 5e8, 4e8, 6e8, 5e8],
  ]);
  write("public_money", [
    columns("comparison payer receiver purpose baseline_yuan policy_yuan difference_yuan low_yuan high_yuan"),
    [BAD, "county_governments", BAD, BAD, 1e9, 4e9, 3e9, 2.5e9, 3.5e9],
    [BAD, BAD, "central_government", BAD, 1e9, 5e8, -5e8, -6e8, -4e8],
  ]);
  write("levers", [
    columns("comparison policy lever year places before proposed after unit"),
    ...count(9, (at) => [BAD, BAD, BAD, 2021 + at, 12, 0, 0.1 * at, 0.1 * at, BAD]),
  ]);
  const ofArea = ["income_ratio_residence", "area", "all", 2030];
  write("attribution", [
    columns("scenario policy kind indicator scope scope_id year value low high order_error unit"),
    ...["alone", "last", "shapley"].map((kind) => [
      BAD,
      BAD,
      kind,
      ...ofArea,
      -0.02,
      -0.03,
      -0.01,
      0,
      "ratio",
    ]),
  ]);
  write("runs", [
    columns("run scenario policies replicate seed changes version agents"),
    [BAD, BAD, BAD, 0, 1, BAD, "0.1.0", 1000],
  ]);
  manifest(folder, BAD, { [BAD]: [{}] });
}

const NODES = 5700;
const PREFECTURES = 340;
const YEARS = count(16, (at) => 2020 + at);
const anyPrefecture = () => `p${Math.floor(PREFECTURES * chance())}`;

function largePlace(at) {
  const county = [`c${at >> 1}`, `某县${at >> 1}`];
  const prefecture = [`p${at % PREFECTURES}`, `某市${at % PREFECTURES}`];
  const [longitude, latitude] = [80 + 50 * chance(), 20 + 30 * chance()];
  const name = [`n${at}`, `某县${at}`, `County ${at}`, TIERS[at % 3]];
  return [...name, ...county, ...prefecture, "x", "某省", longitude, latitude, ""];
}
function largeNode(year, at) {
  const growth = 1 + (year - 2020) * 0.04;
  const around = (level, digits) => (level * growth * (0.5 + chance())).toFixed(digits);
  const ids = [`n${at}`, `某县${at}`, TIERS[at % 3], `c${at >> 1}`, `p${at % PREFECTURES}`];
  const money = [Math.round(3e5 * chance()), around(4e4, 3), around(8e4, 3), (1e10 * chance()).toFixed(2)];
  return ["r", year, ...ids, ...money, chance(), chance(), 3e4 * growth];
}
function largeFlows() {
  const head = columns("run year factor origin destination amount unit");
  const [flows, tierFlows] = [[head], [head]];
  const tiers = [...TIERS, "outside"];
  for (const year of YEARS) {
    for (const factor of ["labour", "talent", "capital", "fiscal", "consumption"]) {
      const flow = () => [
        "r",
        year,
        factor,
        anyPrefecture(),
        anyPrefecture(),
        Math.round(1e4 * chance()),
        "",
      ];
      flows.push(...count(4000, flow));
      for (const from of tiers) {
        const between = (to) => ["r", year, factor, from, to, Math.round(1e6 * chance()), ""];
        tierFlows.push(...tiers.map(between));
      }
    }
  }
  return { flows, tierFlows };
}
function largeIndicators() {
  const rows = [columns("run year indicator scope scope_id value unit")];
  const indicators = [
    ["residents", "persons"],
    ["income_per_head", "yuan"],
    ["output_per_head", "yuan"],
    ["capital", "yuan"],
    ["ecology", "index"],
    ["rent_over_income", "share"],
  ];
  for (const year of YEARS) {
    for (const [indicator, unit] of indicators) {
      const row = (scope, id) => ["r", year, indicator, scope, id, chance(), unit];
      rows.push(row("area", "all"), ...TIERS.map((tier) => row("tier", tier)));
      rows.push(...count(PREFECTURES, (at) => row("prefecture", `p${at}`)));
    }
  }
  return rows;
}
function largeAccounts(year) {
  return [
    ["r", year, "firms", "households", "wages", 1e12],
    ["r", year, "households", "firms", "local_services", 8e11],
    ["r", year, "households", "hub", "tradables", 2e11],
  ];
}
function large() {
  const folder = path.join(root, "large");
  const write = writer(folder);
  const names = "run year node name tier county prefecture";
  const numbers =
    "residents income_yuan output_per_head_yuan capital_yuan service_level ecology home_income_yuan";
  const nodes = YEARS.flatMap((year) => count(NODES, (at) => largeNode(year, at)));
  const { flows, tierFlows } = largeFlows();
  write("places", [PLACES, ...count(NODES, largePlace)]);
  write("nodes", [columns(`${names} ${numbers}`), ...nodes]);
  write("flows", flows);
  write("tier_flows", tierFlows);
  write("indicators", largeIndicators());
  const accounts = columns("run year payer_class receiver_class purpose amount_yuan");
  write("accounts", [accounts, ...YEARS.flatMap(largeAccounts)]);
  write("runs", [
    columns("run scenario seed replicate start_year years persons_per_agent agents"),
    ["r", "large", 1, 0, 2020, 15, 100, 1300000],
  ]);
  manifest(folder, "5,700 nodes (invented)", {});
}

hostile();
large();
