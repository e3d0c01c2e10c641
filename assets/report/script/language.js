// Words of the page in the reader's language.
import { INDICATOR_EN, INDICATOR_ZH } from "../words/indicators.js";
import { NAMES } from "../words/names.js";
import { LEVER_ZH, POLICY_ZH } from "../words/policies.js";
import { SENTENCES } from "../words/sentences.js";
import { data } from "./data.js";
import { state } from "./state.js";

export const isChinese = () => state.language === "zh";
/** The cell of a table of words, if it has the key. */
const entry = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);
const translations = (key) => entry(NAMES, key) || entry(SENTENCES, key);
export const hasWord = (key) => translations(key) !== undefined;

/** A sentence or name with its blanks filled in; a key without words is shown as it is. */
export function word(key, values) {
  const both = translations(key);
  let text = both ? both[isChinese() ? 1 : 0] : String(key).replace(/_/g, " ");
  for (const [name, value] of Object.entries(values || {})) text = text.split(`{${name}}`).join(value);
  return text;
}
/** A sentence begins with a capital. */
export const capitalised = (text) => text.charAt(0).toUpperCase() + text.slice(1);
export const listed = (words) => words.join(isChinese() ? "、" : ", ");
/** Sentences one after another; only English parts them by a blank. */
export const sentences = (...all) => all.filter(Boolean).join(isChinese() ? "" : " ");

export const meaningOf = new Map(data.indicators.map((row) => [row.name, row]));
export const indicatorName = (indicator) =>
  (isChinese() ? INDICATOR_ZH : INDICATOR_EN)[indicator] || indicator.replace(/_/g, " ");
/** What a column of the nodes is called: a stock where a flow has the same name. */
export function columnName(column) {
  const key = column === "talent" ? "stock_talent" : column;
  return hasWord(key) ? word(key) : indicatorName(column);
}
/** The unit of an indicator, as the tables write it. */
export function unitOf(indicator) {
  const known = meaningOf.get(indicator) || data.comparisons.find((row) => row.indicator === indicator);
  return known ? known.unit : "";
}
export const unitLabel = (unit) => word("unit_" + unit);
/** A unit in the reader's words, or as the table names it. */
export const unitWords = (unit) => (hasWord("unit_" + unit) ? word("unit_" + unit) : unit);

/** A policy as a scenario names it: its kind in words, then its own name or number. */
export function policyName(policy) {
  const [kind, ...own] = String(policy).split(/(?=[.[ ×])/);
  const known = isChinese() ? entry(POLICY_ZH, kind) : undefined;
  return (known || kind.replace(/_/g, " ")) + own.join("");
}
/** The kind of a policy, without its own name or number. */
export const policyKind = (policy) => policy.split(/[.[ ]/)[0];
/** What a kind of policy is for, and who pays. */
export const aimOf = (kind) => (isChinese() ? kind.aim_zh : [kind.purpose, kind.payer]);
export const leverName = (lever) => (isChinese() && entry(LEVER_ZH, lever)) || lever.replace(/_/g, " ");
/** A sentence of a scenario in the reader's language, as far as it is known there. */
export const said = (result, sentence) =>
  (isChinese() && Object.hasOwn(result.chinese || {}, sentence) && result.chinese[sentence]) || sentence;
