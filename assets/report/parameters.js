// Parameters with how far to trust each, and the assumptions of the scenario.
function parameters() {
  const part = section("parameters"), scenario = (D.results[0] || { manifest: { scenarios: [] } }).manifest.scenarios[0];
  const lists = (key, all) => el("div", { className: "card" }, el("h3", {}, word(key)), all.length ? el("ul", {}, all.map((x) => el("li", {}, typeof x === "string" ? x : JSON.stringify(x)))) : el("p", { className: "how" }, word("none")));
  const unique = (key) => [...new Set(D.results.flatMap((r) => r[key].map((x) => (typeof x === "string" ? x : JSON.stringify(x)))))];
  part.append(el("div", { className: "grid" }, lists("assumptions", unique("assumptions")), lists("sources", unique("sources"))));
  const body = el("div", { className: "scroll high" });
  const filter = el("input", { type: "search", size: 16, placeholder: word("filter"), on: { input: show } }), only = el("input", { type: "checkbox", on: { change: show } });
  filter.setAttribute("aria-label", word("filter"));
  const values = (p) => [...new Set(p.values.filter(finite))];
  function show() {
    const wanted = filter.value.trim().toLowerCase();
    const rows = D.parameters.filter((p) => (!wanted || `${p.key} ${p.symbol} ${p.meaning} ${p.meaning_zh} ${p.trust}`.toLowerCase().includes(wanted)) && (!only.checked || values(p).some((v) => v !== p.default)));
    body.replaceChildren(table([word("key"), word("symbol"), word("value"), word("default"), word("unit"), word("trust"), word("meaning"), word("source")], rows.map((p) => { const v = values(p), text = v.length ? v.map(String).join(" / ") : "–"; return [el("code", {}, p.key), p.symbol, v.some((x) => x !== p.default) ? el("b", {}, text) : text, String(p.default), unitWords(p.unit), el("span", { className: "chip t-" + p.trust }, word("trust_" + p.trust)), state.lang === "zh" ? p.meaning_zh : p.meaning, p.source === "none" ? "–" : p.source]; }), [2, 3]));
  }
  show();
  part.append(el("div", { className: "card", style: "margin-top:16px" }, el("h3", {}, word("s_parameters")), el("p", { className: "how" }, word("trust_note")), el("div", { className: "tools" }, filter, el("label", {}, only, word("changed_only"))), body, el("div", { className: "foot" }, el("span", {}, word("source") + ": manifest.json"), el("button", { type: "button", on: { click: () => download("parameters", [["key", "symbol", "value", "default", "unit", "trust", "meaning", "meaning_zh", "source"], ...D.parameters.map((p) => [p.key, p.symbol, values(p).join("; "), p.default, p.unit, p.trust, p.meaning, p.meaning_zh, p.source])]) } }, word("download")))));
  if (scenario) part.append(el("details", { className: "card" }, el("summary", {}, word("scenario_text")), el("pre", {}, scenario.text)));
  const notes = D.notes.map((n) => word("n_" + n.key, n));
  part.append(el("p", { className: "how" }, [word("n_digits"), ...notes].join(" ")));
}
