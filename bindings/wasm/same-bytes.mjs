// Runs a scenario in WebAssembly under node and compares its tables, byte for byte, with those that the program wrote.
//
//   node bindings/wasm/same-bytes.mjs MODULE_FOLDER SCENARIO.toml RESULTS_FOLDER [KEY=VALUE ...]

import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";

const [moduleFolder, scenario, results, ...changes] = process.argv.slice(2);
const { Run } = createRequire(import.meta.url)(resolve(moduleFolder, "shanhai_wasm.js"));

/** Every CSV below a folder, by the path that a scenario in that folder gives it. */
function tablesOf(folder, below = folder, tables = new Map()) {
  for (const entry of readdirSync(below, { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) tablesOf(folder, path, tables);
    else if (entry.name.endsWith(".csv")) tables.set(relative(folder, path), readFileSync(path));
  }
  return tables;
}

const folder = dirname(resolve(scenario));
const name = `${basename(folder)}-${basename(scenario, ".toml")}`;
const run = new Run(name, readFileSync(scenario, "utf8"), tablesOf(folder), changes);
while (!run.isOver()) run.step();
const tables = run.finish();

let different = 0;
for (const file of readdirSync(results).filter((file) => file.endsWith(".csv"))) {
  const bytes = tables.get(file);
  const equal = bytes !== undefined && Buffer.from(bytes).equals(readFileSync(join(results, file)));
  console.log(`${equal ? "equal    " : "DIFFERENT"} ${file}`);
  if (!equal) different += 1;
}
if (tables.size === 0) throw new Error("the run wrote no table");
process.exit(different === 0 ? 0 : 1);
