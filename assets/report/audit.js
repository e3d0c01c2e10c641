// What was checked, and how a reader checks it again.
/// One checksum a folder: equal lines on two machines are equal tables.
function golden(grid) {
  grid.append(el("div", { className: "card", id: "golden" }, el("h3", {}, word("golden")), el("p", { className: "how" }, word("golden_of")), table([word("file"), "sha256"], D.results.map((x) => [x.name, el("code", { className: "hash" }, x.golden)])), el("p", { className: "how" }, word("golden_again"), " ", el("code", {}, "LC_ALL=C; sha256sum *.csv | sha256sum"))));
}
/// People, capital and moves worked out again from the tables.
function again(grid) {
  const x = D.conservation, box = el("div", { className: "card", id: "again" }, el("h3", {}, word("again")));
  grid.append(box);
  if (!x) return box.append(el("p", { className: "how" }, word("again_none")));
  const ok = (gap, limit) => (gap <= limit ? "✓ " + word("holds") : "✗ " + word("broken"));
  box.append(el("p", { className: "how" }, word("again_of", { n: x.places_and_years.toLocaleString("en-US") })), table([word("says"), word("largest_gap"), word("status")], [
    [word("again_people"), number(x.people) + " " + word("u_persons"), ok(x.people, 0)], [word("again_capital"), x.capital < 0.01 ? word("under_fen") : withUnit(x.capital, "yuan"), ok(x.capital, 0.05)], [word("again_moves"), number(x.moves) + " " + word("u_persons"), ok(x.moves, 0)]], [1, 2]), el("div", { className: "foot" }, el("span", {}, word("source") + ": nodes.csv, tier_flows.csv")));
}
function audit() {
  const part = section("audit"), several = D.results.length > 1;
  if (!D.results.length) return;
  // One folder that did not finish is enough to hold back the word for all.
  const open = D.results.filter((r) => r.status !== "finished"), held = open.length ? word("not_known") + (several ? ": " + open.map((r) => r.name).join(", ") : "") : "✓ " + word("held");
  const sessions = D.results.flatMap((r) => (r.manifest.sessions || []).map((s) => ({ ...s, folder: r.name }))), phases = new Map();
  sessions.forEach((s) => s.phases.forEach((p) => phases.set(p.phase, (phases.get(p.phase) || 0) + p.seconds)));
  const grid = el("div", { className: "grid" });
  part.append(grid);
  golden(grid);
  again(grid);
  part.append(el("div", { className: "card", style: "margin-top:16px" }, el("h3", {}, word("identities")), el("p", { className: "how" }, word("identities_of")), table(["", word("says"), word("status")], IDENTITIES.map((i) => [i[0], i[state.lang === "zh" ? 2 : 1], held]), [2])));
  if (phases.size) {
    const list = [...phases].map(([name, value]) => ({ key: name, name: word(name), value }));
    card(part, { id: "phases", title: word("c_phases"), read: word("r_phases"), lines: () => list.length, source: "manifest.json", unit: word("u_seconds"), rows: () => [["phase", "seconds"], ...list.map((x) => [x.key, x.value])], option: () => ({ ...bars(list, ""), tooltip: { ...tip(), trigger: "item", valueFormatter: (v) => number(v) + " s" } }) });
  } else part.append(el("div", { className: "card" }, el("h3", {}, word("c_phases")), el("p", { className: "how" }, word("none"))));
  part.append(el("div", { className: "card", style: "margin-top:16px" }, el("h3", {}, word("sessions")), el("p", { className: "how" }, word("sessions_of")), table([...(several ? [word("folder")] : []), word("started"), word("duration"), word("threads"), word("machine"), word("memory")], sessions.map((s) => [...(several ? [s.folder] : []), s.started, number(s.duration_seconds) + " s", String(s.threads), [s.machine.processor, s.machine.system, s.machine.architecture].filter(Boolean).join(", "), s.peak_resident_bytes ? number(s.peak_resident_bytes / 1048576) + " MiB" : "–"]), (several ? [2, 3, 5] : [1, 2, 4])), D.results.filter((r) => r.manifest.message).map((r) => el("p", { className: "note" }, (several ? r.name + ": " : "") + r.manifest.message))));
  part.append(el("details", { className: "card" }, el("summary", {}, word("checksums")), D.results.flatMap((x) => [el("h3", {}, x.name), table([word("file"), word("bytes"), "sha256"], [...x.tables.map((t) => [t[0], t[1].toLocaleString("en-US"), el("code", { className: "hash" }, t[2])]), ...x.manifest.inputs.map((t) => [t.name + " (" + word("input_file") + ")", t.bytes.toLocaleString("en-US"), el("code", { className: "hash" }, t.sha256)])], [1])])));
}
