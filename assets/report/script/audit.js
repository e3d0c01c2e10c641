// What was checked, and how a reader checks it again.
import { IDENTITIES } from "../words/identities.js";
import { barOption } from "./bar_chart.js";
import { tip } from "./axes.js";
import { addCard, section, wordsCard } from "./cards.js";
import { data } from "./data.js";
import { box, details, element, hash, heading, remark, table } from "./elements.js";
import { isChinese, word } from "./language.js";
import { number, whole, withUnit } from "./numbers.js";

const { results, conservation } = data;
/** Gaps of capital below a fen are rounding of the tables. */
const FEN = 0.01;
const CAPITAL_GAP = 0.05;
const isSeveral = results.length > 1;

/** One checksum a folder: equal lines on two machines are equal tables. */
function golden() {
  const again = element("code", {}, "LC_ALL=C; sha256sum *.csv | sha256sum");
  return box(
    { id: "golden" },
    heading(word("golden")),
    remark(word("golden_of")),
    table(
      [word("file"), "sha256"],
      results.map((result) => [result.name, hash(result.golden)]),
    ),
    remark(word("golden_again"), " ", again),
  );
}
/** People, capital and moves worked out again from the tables. */
function workedOutAgain() {
  const card = box({ id: "again" }, heading(word("again")));
  if (!conservation) {
    card.append(remark(word("again_none")));
    return card;
  }
  const { people, capital, moves, places_and_years: pairs } = conservation;
  const verdict = (gap, limit) => (gap <= limit ? "✓ " + word("holds") : "✗ " + word("broken"));
  const persons = (gap) => `${number(gap)} ${word("unit_persons")}`;
  const yuan = capital < FEN ? word("under_fen") : withUnit(capital, "yuan");
  const rows = [
    [word("again_people"), persons(people), verdict(people, 0)],
    [word("again_capital"), yuan, verdict(capital, CAPITAL_GAP)],
    [word("again_moves"), persons(moves), verdict(moves, 0)],
  ];
  card.append(
    remark(word("again_of", { pairs: whole(pairs) })),
    table([word("says"), word("largest_gap"), word("status")], rows, [1, 2]),
    element(
      "div",
      { className: "foot" },
      element("span", {}, word("source") + ": nodes.csv, tier_flows.csv"),
    ),
  );
  return card;
}
/** Whether the identities held: one folder that did not finish is enough to hold back the word for all. */
function heldWords() {
  const open = results.filter((result) => result.status !== "finished");
  if (!open.length) return "✓ " + word("held");
  const names = isSeveral ? ": " + open.map((result) => result.name).join(", ") : "";
  return word("not_known") + names;
}
function identities() {
  const held = heldWords();
  const rows = IDENTITIES.map(([name, english, chinese]) => [name, isChinese() ? chinese : english, held]);
  return box(
    { className: "apart" },
    heading(word("identities")),
    remark(word("identities_of")),
    table(["", word("says"), word("status")], rows, [2]),
  );
}
const allSessions = () =>
  results.flatMap((result) =>
    (result.manifest.sessions || []).map((session) => ({ ...session, folder: result.name })),
  );
/** Time by phase of the year. */
function phases(part, sessions) {
  const seconds = new Map();
  for (const { phase, seconds: more } of sessions.flatMap((session) => session.phases)) {
    seconds.set(phase, (seconds.get(phase) || 0) + more);
  }
  if (!seconds.size) {
    part.append(wordsCard(word("chart_phases"), remark(word("none"))));
    return;
  }
  const list = [...seconds].map(([key, value]) => ({ key, name: word(key), value }));
  const tooltip = () => ({ ...tip(), trigger: "item", valueFormatter: (value) => number(value) + " s" });
  addCard(part, {
    id: "phases",
    title: word("chart_phases"),
    read: word("read_phases"),
    lines: () => list.length,
    source: "manifest.json",
    unit: word("unit_seconds"),
    rows: () => [["phase", "seconds"], ...list.map(({ key, value }) => [key, value])],
    option: () => ({ ...barOption(list, ""), tooltip: tooltip() }),
  });
}
function sessionTable(sessions) {
  const rowOf = ({ started, duration_seconds, threads, machine, peak_resident_bytes, folder }) => [
    ...(isSeveral ? [folder] : []),
    started,
    number(duration_seconds) + " s",
    String(threads),
    [machine.processor, machine.system, machine.architecture].filter(Boolean).join(", "),
    peak_resident_bytes ? number(peak_resident_bytes / 1048576) + " MiB" : "–",
  ];
  const keys = [...(isSeveral ? ["folder"] : []), "started", "duration", "threads", "machine", "memory"];
  const head = keys.map((key) => word(key));
  const messages = results.filter((result) => result.manifest.message);
  const message = (result) => (isSeveral ? result.name + ": " : "") + result.manifest.message;
  return box(
    { className: "apart" },
    heading(word("sessions")),
    remark(word("sessions_of")),
    table(head, sessions.map(rowOf), isSeveral ? [2, 3, 5] : [1, 2, 4]),
    messages.map((result) => element("p", { className: "note" }, message(result))),
  );
}
function checksums() {
  const rowOf = (name, { bytes, sha256 }) => [name, whole(bytes), hash(sha256)];
  const rowsOf = ({ tables, manifest }) => [
    ...tables.map((file) => rowOf(file.name, file)),
    ...manifest.inputs.map((file) => rowOf(`${file.name} (${word("input_file")})`, file)),
  ];
  const head = [word("file"), word("bytes"), "sha256"];
  const ofResult = (result) => [heading(result.name), table(head, rowsOf(result), [1])];
  return details(word("checksums"), { className: "card" }, results.flatMap(ofResult));
}
export function audit() {
  const part = section("audit");
  if (!results.length) return;
  const sessions = allSessions();
  part.append(element("div", { className: "grid" }, golden(), workedOutAgain()), identities());
  phases(part, sessions);
  part.append(sessionTable(sessions), checksums());
}
