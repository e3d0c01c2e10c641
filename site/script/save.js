// Files that the reader takes along.
import { element } from "../../assets/report/script/elements.js";

const PAUSE = 400;
export function save(name, content, type) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
/** One after the other: browsers drop downloads that begin at the same moment. */
export async function saveTables(files) {
  for (const [name, content] of files) {
    save(name, content, "text/csv");
    await new Promise((go) => setTimeout(go, PAUSE));
  }
}
