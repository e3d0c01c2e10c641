// Writes result folders with invented numbers: a comparison whose names try to break out, and a run of 5,700
// nodes over sixteen years. Real runs are made by run.sh.
//   node invented.mjs FOLDER
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = process.argv[2];
let seed = 7;
const chance = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
const cell = (x) => { const t = String(x ?? ""); return /[",\n]/.test(t) ? `"${t.replace(/"/g, '""')}"` : t; };
function writer(folder) {
  mkdirSync(folder, { recursive: true });
  return (name, rows) => writeFileSync(path.join(folder, name + ".csv"), rows.map((r) => r.map(cell).join(",")).join("\n") + "\n");
}
function manifest(folder, title, policy) {
  const scenario = { name: "invented", text: `title = "${title}"`, sha256: "0", resolved: { title, description: title, sources: [title], assumptions: [title], parameters: { xi: 0.04 }, policy } };
  writeFileSync(path.join(folder, "manifest.json"), JSON.stringify({ program: "shanhai", version: "0.1.0", status: "finished", command: ["shanhai"], seed: 1, scenarios: [scenario], inputs: [], sessions: [] }));
}
const PLACES = "node,name,name_en,tier,county,county_name,prefecture,prefecture_name,province,province_name,longitude,latitude,tags".split(",");
const tiers = ["city", "county_seat", "village"];

{
  const folder = path.join(root, "hostile"), write = writer(folder);
  const bad = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)> \u2028 & \"'";
  const places = [PLACES];
  for (let n = 0; n < 24; n++) places.push([`n${n}`, bad + n, bad, tiers[n % 3], `c${n >> 1}`, bad, `p${n % 4}`, bad + (n % 4), "x", bad, 118 + 4 * chance(), 28 + 3 * chance(), bad]);
  write("places", places);
  const rows = ["comparison,indicator,scope,scope_id,year,baseline,policy,difference,low,high,replicates,unit".split(",")];
  const add = (i, s, id, y, base, d, unit) => rows.push([bad, i, s, id, y, base, base + d, d, d - Math.abs(base) * 0.004, d + Math.abs(base) * 0.004, 8, unit]);
  for (let y = 2020; y <= 2030; y++) {
    const t = (y - 2020) / 10;
    for (const [i, base, unit] of [["residents", 6e7, "persons"], ["income_per_head", 5e4, "yuan"], ["output_per_head", 1e5, "yuan"], ["ecology", 0.5, "index"]]) {
      add(i, "area", "all", y, base, 0.01 * base * t, unit);
      tiers.forEach((tier, k) => add(i, "tier", tier, y, base, (k - 0.7) * 0.02 * base * t, unit));
      for (let p = 0; p < 4; p++) add(i, "prefecture", `p${p}`, y, base, (p - 2) * 0.01 * base * t, unit);
      add(i, "tag", bad, y, base, 0, unit);
    }
    add("income_ratio_residence", "area", "all", y, 1.9, -0.05 * t, "ratio");
    add("share_urban", "area", "all", y, 0.72, 0.01 * t, "share");
  }
  for (let n = 0; n < 24; n++) add("income_per_head", "node", `n${n}`, 2030, 5e4, 3000 * (chance() - 0.4), "yuan");
  write("compare", rows);
  write("costs", ["comparison,policy,payer,purpose,baseline_yuan,policy_yuan,difference_yuan,low_yuan,high_yuan,demanded_yuan".split(","), [bad, bad, bad, bad, 0, 3e9, 3e9, 2.5e9, 3.5e9, 4e9], [bad, bad, "central_government", bad, 0, 5e8, 5e8, 4e8, 6e8, 5e8]]);
  write("public_money", ["comparison,payer,receiver,purpose,baseline_yuan,policy_yuan,difference_yuan,low_yuan,high_yuan".split(","), [bad, "county_governments", bad, bad, 1e9, 4e9, 3e9, 2.5e9, 3.5e9], [bad, bad, "central_government", bad, 1e9, 5e8, -5e8, -6e8, -4e8]]);
  write("levers", ["comparison,policy,lever,year,places,before,proposed,after,unit".split(","), ...Array.from({ length: 9 }, (_, n) => [bad, bad, bad, 2021 + n, 12, 0, 0.1 * n, 0.1 * n, bad])]);
  write("attribution", ["scenario,policy,kind,indicator,scope,scope_id,year,value,low,high,order_error,unit".split(","), ...["alone", "last", "shapley"].map((k) => [bad, bad, k, "income_ratio_residence", "area", "all", 2030, -0.02, -0.03, -0.01, 0, "ratio"])]);
  write("runs", ["run,scenario,policies,replicate,seed,changes,version,agents".split(","), [bad, bad, bad, 0, 1, bad, "0.1.0", 1000]]);
  manifest(folder, bad, { [bad]: [{}] });
}
{
  const folder = path.join(root, "large"), write = writer(folder), N = 5700, years = Array.from({ length: 16 }, (_, n) => 2020 + n);
  const places = [PLACES], nodes = ["run,year,node,name,tier,county,prefecture,residents,income_yuan,output_per_head_yuan,capital_yuan,service_level,ecology,home_income_yuan".split(",")];
  for (let n = 0; n < N; n++) places.push([`n${n}`, `某县${n}`, `County ${n}`, tiers[n % 3], `c${n >> 1}`, `某县${n >> 1}`, `p${n % 340}`, `某市${n % 340}`, "x", "某省", 80 + 50 * chance(), 20 + 30 * chance(), ""]);
  for (const y of years) for (let n = 0; n < N; n++) { const k = 1 + (y - 2020) * 0.04; nodes.push(["r", y, `n${n}`, `某县${n}`, tiers[n % 3], `c${n >> 1}`, `p${n % 340}`, Math.round(3e5 * chance()), (4e4 * k * (0.5 + chance())).toFixed(3), (8e4 * k * (0.5 + chance())).toFixed(3), (1e10 * chance()).toFixed(2), chance(), chance(), 3e4 * k]); }
  write("places", places); write("nodes", nodes);
  const flows = ["run,year,factor,origin,destination,amount,unit".split(",")], tierFlows = [flows[0]], indicators = ["run,year,indicator,scope,scope_id,value,unit".split(",")];
  for (const y of years) {
    for (const f of ["labour", "talent", "capital", "fiscal", "consumption"]) {
      for (let n = 0; n < 4000; n++) flows.push(["r", y, f, `p${Math.floor(340 * chance())}`, `p${Math.floor(340 * chance())}`, Math.round(1e4 * chance()), ""]);
      for (const a of [...tiers, "outside"]) for (const b of [...tiers, "outside"]) tierFlows.push(["r", y, f, a, b, Math.round(1e6 * chance()), ""]);
    }
    for (const [i, unit] of [["residents", "persons"], ["income_per_head", "yuan"], ["output_per_head", "yuan"], ["capital", "yuan"], ["ecology", "index"], ["rent_over_income", "share"]]) {
      indicators.push(["r", y, i, "area", "all", chance(), unit]);
      for (const t of tiers) indicators.push(["r", y, i, "tier", t, chance(), unit]);
      for (let p = 0; p < 340; p++) indicators.push(["r", y, i, "prefecture", `p${p}`, chance(), unit]);
    }
  }
  write("flows", flows); write("tier_flows", tierFlows); write("indicators", indicators);
  write("accounts", ["run,year,payer_class,receiver_class,purpose,amount_yuan".split(","), ...years.flatMap((y) => [["r", y, "firms", "households", "wages", 1e12], ["r", y, "households", "firms", "local_services", 8e11], ["r", y, "households", "hub", "tradables", 2e11]])]);
  write("runs", ["run,scenario,seed,replicate,start_year,years,persons_per_agent,agents".split(","), ["r", "large", 1, 0, 2020, 15, 100, 1300000]]);
  manifest(folder, "5,700 nodes (invented)", {});
}
