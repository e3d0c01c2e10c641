// Data that a reader takes along.
import { button, element } from "./elements.js";
import { word } from "./language.js";

function cellOf(value) {
  const missing = value === null || value === undefined || (typeof value === "number" && !isFinite(value));
  const text = missing ? "" : String(value);
  return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}
/** Saves rows as a table; its byte-order mark tells spreadsheets how Chinese is written. */
export function download(name, rows) {
  const text = "\ufeff" + rows.map((row) => row.map(cellOf).join(",")).join("\n") + "\n";
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  element("a", { href: url, download: name + ".csv" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
/** The line under a chart or table: unit, source and the data to take along. */
export function footOf(source, unit, name, rows) {
  const words = [unit ? [word("unit") + ": ", unit, " · "] : [], word("source") + ": " + source].flat();
  return element(
    "div",
    { className: "foot" },
    element("span", {}, words),
    button(word("download"), () => download(name, rows())),
  );
}
