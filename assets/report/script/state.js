// What the reader has chosen, and the call to put the page together again.
const asked = new URLSearchParams(location.hash.slice(1));
const ofBrowser = (navigator.language || "en").startsWith("zh") ? "zh" : "en";
export const state = {
  language: asked.get("lang") || ofBrowser,
  theme: asked.get("theme") || "auto",
  palette: "okabe",
  printing: false,
  year: null,
  /** Position of the comparison on show, or of the scenario against the first. */
  comparison: 0,
  scenario: 1,
  /** Income whose winners and losers are listed. */
  incomeOf: "",
  factor: "labour",
  arm: "policy",
  exchangeLevel: "tiers",
  /** Of the maps: the column that colours, the difference, how many arrows, whether between prefectures, and which place was chosen. */
  measure: "tier",
  difference: "",
  arrows: 60,
  isClustered: true,
  outside: false,
  place: -1,
  explored: { indicator: "income_per_head", scope: "tier" },
  contribution: { indicator: "income_ratio_residence", scope: "area" },
  lever: "",
};
let build = () => {};
/** Says how the page is put together. */
export const buildWith = (act) => {
  build = act;
};
/** Puts the page together again. */
export const rebuild = () => build();
/** Whether charts have little room: a telephone, or two side by side on a sheet of paper. */
export const isNarrow = () => state.printing || innerWidth < 600;
