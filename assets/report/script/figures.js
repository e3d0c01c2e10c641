// Numbers in few digits, without the data of a page: shared with the what-if page in `site/`.
/** So many significant digits; zeros at the end only if they are to be kept. */
export function rounded(value, digits, keepZeros) {
  const options = { minimumSignificantDigits: keepZeros ? digits : 1, maximumSignificantDigits: digits };
  return Number(value.toPrecision(digits)).toLocaleString("en-US", options);
}
const SIZES_EN = [
  [1e12, " tn"],
  [1e9, " bn"],
  [1e6, " m"],
  [1e3, " k"],
];
const SIZES_ZH = [
  [1e12, "万亿"],
  [1e8, "亿"],
  [1e4, "万"],
];
/** In thousands, millions and so on where it is large, as the language counts. */
export function inFewDigits(value, digits, keepZeros, isChinese) {
  const magnitude = Math.abs(value);
  if (magnitude < 1e-9) return "0";
  if (magnitude < 1e4) return rounded(value, magnitude >= 1000 ? Math.max(4, digits) : digits, keepZeros);
  const [size, name] = (isChinese ? SIZES_ZH : SIZES_EN).find(([least]) => magnitude >= least);
  return rounded(value / size, digits, keepZeros) + name;
}
