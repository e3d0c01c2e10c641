// The data that the program wrote into the page. `src/report/data.rs` says what each name means.
const block = JSON.parse(document.getElementById("data").textContent);

/** Rows as objects: a table names its columns once. */
export const records = (table) =>
  table
    ? table.rows.map((row) => Object.fromEntries(table.columns.map((name, column) => [name, row[column]])))
    : [];

export const data = {
  ...block,
  series: records(block.series),
  comparisons: records(block.comparisons),
  node_differences: records(block.node_differences),
  payments: records(block.payments),
};
/** Money of programmes and of governments, and what policies add to each other, as the tables hold them. */
export const policies = {
  ...block.policies,
  levers: records(block.policies.levers),
  spent: records(block.policies.spent),
  costs: records(block.policies.costs),
  public_money: records(block.policies.public_money),
  attribution: records(block.policies.attribution),
  tables: block.policies,
};
// One replicate has no interval, whatever stands at its ends: nothing can be told from luck by it.
const replicated = new Set(data.comparisons.filter((row) => row.replicates > 1).map((row) => row.comparison));
/** Whether a comparison has one replicate only. */
export const isSingle = (comparison) => !replicated.has(comparison);
for (const row of data.comparisons) {
  if (row.replicates > 1) continue;
  row.low = row.low.map(() => null);
  row.high = row.high.map(() => null);
}
for (const row of data.node_differences) if (isSingle(row.comparison)) row.low = row.high = null;
