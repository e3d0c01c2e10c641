// Words of the page in the reader's language, beside the words that it shares with the report.
import { INDICATOR_EN, INDICATOR_ZH } from "../../assets/report/words/indicators.js";
import { NAMES } from "../../assets/report/words/names.js";
import { LEVER_ZH, POLICY_ZH } from "../../assets/report/words/policies.js";
import { PREFECTURE_EN } from "../../assets/report/words/prefectures.js";
import { inFewDigits, rounded } from "../../assets/report/script/figures.js";
import { INVENTED_ZH, WORDS } from "../words/sentences.js";

const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

export const language = { now: "en" };
export const isChinese = () => language.now === "zh";

/** A sentence or a name with its blanks filled in; a key without words is shown as it is. */
export function say(key, values) {
  const both = own(WORDS, key) || own(NAMES, key);
  let text = both ? both[isChinese() ? 1 : 0] : String(key).replace(/_/g, " ");
  for (const [name, value] of Object.entries(values || {})) text = text.split(`{${name}}`).join(value);
  return text;
}
export const indicatorName = (indicator) =>
  own(isChinese() ? INDICATOR_ZH : INDICATOR_EN, indicator) ||
  (own(WORDS, "indicator_" + indicator) ? say("indicator_" + indicator) : say(indicator));
export const policyName = (kind) => (isChinese() && own(POLICY_ZH, kind)) || say(kind);
/** What a kind of policy is for, and who pays. */
export const aimOf = (kind) => (isChinese() ? kind.aim_zh : [kind.purpose, kind.payer]);
/** What a field means, as the schema says it; it stands as the label of the field. */
export const fieldMeaning = (field) => (isChinese() ? field.meaning_zh : field.meaning).replace(/[.。]$/, "");
/** A word that a field can take. */
export const choiceName = (word) => (isChinese() && own(LEVER_ZH, word)) || say(word);
/** A tag of places: the word of a table may mean something else, as `capital` does. */
export const tagName = (tag) => (own(NAMES, tag + "_tag") ? say(tag + "_tag") : say(tag));
/** Invented places that their tables call by one name. */
const invented = (name) => (isChinese() && own(INVENTED_ZH, name)) || name;
export const prefectureName = (unit) =>
  (!isChinese() && own(PREFECTURE_EN, unit.code)) || invented(unit.name);
export const placeName = (place) => (!isChinese() && place.name_en) || place.name;
/** The name of a county; of one that has a Chinese name only, that of its seat in English. */
export const countyName = (unit) =>
  !isChinese() && unit.name_en && !/^[\x20-\x7e]+$/.test(unit.name) ? unit.name_en : invented(unit.name);

export const isNumber = (value) => value !== null && value !== undefined && Number.isFinite(value);
/** A number as it can be typed again, in groups of three digits. */
export const plain = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 6 });
/** A number in few digits with its unit as the page writes it. */
export function number(value, unit, digits = 3) {
  if (!isNumber(value)) return "–";
  if (unit === "share") return rounded(100 * value, digits) + " %";
  if (unit === "points") return rounded(100 * value, digits) + say("points");
  return inFewDigits(value, digits, false, isChinese());
}
/** A difference with its sign; of shares in percentage points. */
export function signed(value, unit) {
  const text = number(value, unit === "share" ? "points" : unit);
  return value > 0 ? "+" + text : text;
}
