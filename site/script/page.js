// The page: loads places, draws the question and its answer, and keeps both in step.
import { button, byId, details, element, picker, remark } from "../../assets/report/script/elements.js";
import { desk, Failure } from "./engine.js";
import { isChinese, language, say } from "./language.js";
import { AGENT_SIZES, exampleFiles, firstQuestion, open, take } from "./places.js";
import { keep, part } from "./parts.js";
import { policyForms } from "./policies.js";
import { resultsSection } from "./results.js";
import { prepare, run, stop } from "./runs.js";
import { saveTables } from "./save.js";
import { begin, canUndo, change, followWith, kindOf, share, state, undo } from "./state.js";

const MOST_YEARS = 60;
const KEY = "shanhai.language";

/** What the program advises and the page has no way to do, in words of the page. */
const ADVICE = /(; |；)(--allow-idle|如确要保留不起作用的政策，请加 --allow-idle)[^\n]*/g;
/** What is wrong, in words; texts of several lines keep their carets. */
function fault(error) {
  const text = error instanceof Error ? error.message : String(error);
  state.fault = text.replace(ADVICE, () => say("idle_here"));
  drawFault();
  dropCheck();
  byId("page").dataset.checked = "no";
}
/** Lines of a table or scenario keep their carets; advice may be broken. */
const linesOf = (lines) =>
  lines.map((line) =>
    /^ +(= )/.test(line) ? element("span", { className: "advice" }, line + "\n") : line + "\n",
  );
function drawFault() {
  const text = state.fault;
  const [first, ...rest] = text.split("\n");
  const node = byId("fault");
  node.replaceChildren(
    ...(text
      ? [
          element(
            "div",
            { className: "fault" },
            first,
            rest.length ? element("pre", { tabIndex: 0 }, linesOf(rest)) : "",
          ),
        ]
      : []),
  );
}
function tell(text) {
  byId("status").textContent = text;
}

let checking = null;
let turn = 0;
/** What a check that is under way finds is no longer asked for: it must not wipe out what was told since. */
function dropCheck() {
  clearTimeout(checking);
  turn += 1;
}
/** Holds the question against the schema and the tables while it is being put. */
function check() {
  dropCheck();
  const mine = turn;
  checking = setTimeout(async () => {
    try {
      const text = await desk.ask("scenarioOf", state.place.text, JSON.stringify(state.whatIf));
      await desk.ask("placeOf", text, state.place.tables);
      if (mine !== turn) return;
      state.fault = "";
      drawFault();
      byId("page").dataset.checked = "yes";
    } catch (error) {
      if (mine === turn) fault(error);
    }
  }, 250);
}

let preparing = null;
function follow(redraws) {
  delete byId("page").dataset.checked;
  if (redraws) drawQuestion();
  // A run about a place that was left is of no use.
  if (state.running && state.running !== state.results) stop();
  if (!state.running) drawResults();
  byId("undo").disabled = !canUndo();
  share().catch(fault);
  check();
  clearTimeout(preparing);
  preparing = setTimeout(() => prepare().catch(() => {}), 1500);
}

/** Shows a place and begins a question about it. */
async function show(place, whatIf) {
  state.view = { measure: "income_per_head", tier: "all", year: null };
  begin(whatIf || firstQuestion(place), place);
  follow(true);
  drawResults();
}
async function choose(name) {
  tell(say("loading"));
  try {
    await show(await open(name), null);
    tell(say("ready"));
  } catch (error) {
    fault(error);
  }
}
async function taken(files) {
  try {
    const { place, whatIf } = await take(files);
    state.fault = "";
    await show(place, whatIf);
    tell(say("taken", { files: [...files].map((file) => file.name).join(", ") }));
  } catch (error) {
    fault(error);
    byId("fault").scrollIntoView({ block: "center" });
  }
}

/** What the scenario of the place assumes; in the language of its author where there is no other. */
function assumed() {
  const { assumptions, assumptions_zh } = state.place.area;
  if (!assumptions.length) return null;
  const lines = (isChinese() ? assumptions_zh : assumptions).map((text) => element("li", {}, text));
  return details(say("assumed"), { className: "foot" }, element("ul", {}, lines));
}

/** What the place on show is. */
function placeWords({ isOwn, scenario, tables, area, title }) {
  if (isOwn) return tables.has("nodes.csv") && scenario === "scenario.toml" ? say("own_how") : area.title;
  return isChinese() ? title[1] : area.title;
}

/** Words that a reader may not know. */
const TERMS = ["agent", "hukou", "tier", "luck", "log_point", "theil", "gini", "enclave", "lever", "payer"];
const glossary = () =>
  details(
    say("glossary"),
    { className: "foot", id: "glossary" },
    element(
      "dl",
      {},
      TERMS.map((term) => [
        element("dt", {}, say("term_" + term)),
        element("dd", {}, say("means_" + term)),
      ]).flat(),
    ),
  );

/** Where tables of the reader's own come in. */
function ownTables() {
  const files = element("input", { type: "file", id: "files", multiple: true, accept: ".csv,.toml" });
  files.addEventListener("change", () => {
    taken([...files.files]);
    // The same file can be chosen again once it is mended.
    files.value = "";
  });
  const example = async () => saveTables(await exampleFiles());
  const drop = element(
    "div",
    { className: "drop" },
    element("label", {}, say("drop") + " ", files),
    element(
      "div",
      { className: "tools" },
      button(say("example"), example, { id: "example" }),
      remark(say("example_how")),
    ),
  );
  for (const [event, isOver] of [
    ["dragover", true],
    ["dragleave", false],
    ["drop", false],
  ]) {
    drop.addEventListener(event, (happened) => {
      happened.preventDefault();
      drop.classList.toggle("over", isOver);
      if (event === "drop") taken(happened.dataTransfer.files);
    });
  }
  return drop;
}

function placeForm() {
  const places = state.places.map((place) => [place.name, place.title[isChinese() ? 1 : 0]]);
  if (state.place.isOwn) places.push(["own", say("own_place")]);
  const years = element("input", {
    type: "range",
    id: "years",
    min: 1,
    max: MOST_YEARS,
    step: 1,
    value: state.whatIf.years,
  });
  const shown = element("span", {}, String(state.whatIf.years));
  years.addEventListener("input", () => {
    shown.textContent = years.value;
  });
  years.addEventListener("change", () =>
    change((whatIf) => {
      whatIf.years = Number(years.value);
    }, false),
  );
  const sizes = [...new Set([...AGENT_SIZES, state.whatIf.persons_per_agent])].sort(
    (one, other) => one - other,
  );
  const agents = sizes.map((size) => [size, say("persons_per_agent", { size })]);
  return element(
    "section",
    { "aria-labelledby": "place-title" },
    element("h2", { id: "place-title" }, say("place_title")),
    element(
      "div",
      { className: "row" },
      picker(say("place"), places, state.place.name, choose, { id: "place" }),
      element("label", {}, element("span", {}, say("years"), ": ", shown), years),
      picker(
        say("agents"),
        agents,
        state.whatIf.persons_per_agent,
        (value) =>
          change((whatIf) => {
            whatIf.persons_per_agent = Number(value);
          }, false),
        { id: "agents" },
      ),
    ),
    remark(placeWords(state.place)),
    assumed(),
    ownTables(),
    glossary(),
  );
}

/** Draws the question again; the element that had the focus keeps it, by its place among its like. */
function drawQuestion() {
  const focusable = () => [...byId("question").querySelectorAll("select, input, button, summary")];
  const at = focusable().indexOf(document.activeElement);
  const isOpen = [...byId("question").querySelectorAll("details")].map((one) => one.open);
  const isSame = byId("question").dataset.of === shapeOf();
  byId("question").replaceChildren(placeForm(), policyForms());
  byId("question").dataset.of = shapeOf();
  if (isSame) openAgain(byId("question"), isOpen);
  if (at >= 0) (focusable()[at] || byId("run")).focus();
}
/** Which details there are: those of a place and its policies. */
const shapeOf = () => [state.place.name, ...state.whatIf.policies.map(({ kind }) => kind)].join(" ");
function openAgain(node, isOpen) {
  [...node.querySelectorAll("details")].forEach((one, position) => {
    one.open = isOpen[position] || one.open;
  });
}
function drawResults(focus) {
  const old = byId("results");
  const isOpen = [...old.querySelectorAll("details")].map((one) => one.open);
  const node = resultsSection(drawResults);
  openAgain(node, isOpen);
  old.replaceWith(node);
  if (focus) document.querySelector(focus)?.focus();
}
let isWaiting = false;
/** Draws at most once a frame, however fast the years come. */
function drawSoon() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    drawResults();
  });
}

let pressed = "run";
/** A button that is switched off loses the focus: it goes to the one that can be pressed instead, and back. */
function drawButtons() {
  const now = document.activeElement;
  const hasFocus = [byId("run"), byId("again"), byId("stop")].includes(now);
  if (hasFocus && state.running) pressed = now.id;
  byId("run").disabled = Boolean(state.running);
  byId("again").disabled = Boolean(state.running) || !state.results;
  byId("stop").disabled = !state.running;
  if (hasFocus) byId(state.running ? "stop" : pressed).focus();
}
async function press(isAnother) {
  if (state.running || !state.place) return;
  const begun = performance.now();
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(1);
  let first = null;
  state.fault = "";
  drawFault();
  delete byId("page").dataset.done;
  const heard = () => {
    const luck = state.results && state.results.lucks[state.results.lucks.length - 1];
    if (!luck) return;
    const { with: policies, without } = luck;
    const lived = Math.min(policies.years.length, without.years.length);
    if (first === null && lived) first = seconds();
    if (lived) {
      tell(say("year_of", { year: policies.years[lived - 1], lived, years: state.results.whatIf.years }));
    }
    drawSoon();
  };
  const running = run(isAnother, heard);
  drawButtons();
  tell(say("first_world"));
  drawSoon();
  try {
    await running;
    const { lucks } = state.results;
    const { times } = lucks[lucks.length - 1];
    Object.assign(byId("page").dataset, {
      first,
      seconds: seconds(),
      engine: (times.start + times.years).toFixed(2),
    });
    tell(say("done", { first, seconds: seconds(), lucks: lucks.length }));
  } catch (error) {
    fault(error);
    tell(say("failed"));
    byId("fault").scrollIntoView({ block: "center" });
  }
  drawButtons();
  drawResults();
  byId("page").dataset.done = state.fault ? "failed" : "yes";
}

async function copyLink() {
  const said = byId("linked");
  said.textContent = "";
  if (state.place.isOwn) {
    said.textContent = say("link_own");
    return;
  }
  await share();
  const isFile = location.protocol === "file:";
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = say(isFile ? "link_file" : "link_copied");
  } catch {
    said.textContent = say(isFile ? "link_file_there" : "link_there");
  }
}

async function speak(now) {
  language.now = now;
  document.documentElement.lang = now === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  try {
    localStorage.setItem(KEY, now);
  } catch {
    // A browser that keeps nothing still speaks.
  }
  await desk.ask("speak", now);
}
async function toggle() {
  await speak(isChinese() ? "en" : "zh");
  draw();
  check();
}

/** The address holds the question, so a jump must not change it. */
function skip(event) {
  event.preventDefault();
  byId("results-title").focus();
}

function draw() {
  byId("page").replaceChildren(
    element("a", { className: "skip", href: "#results", on: { click: skip } }, say("skip")),
    element(
      "header",
      {},
      element("h1", {}, say("title")),
      element("p", {}, say("lead")),
      element(
        "div",
        { className: "top" },
        button(say("language"), toggle, {
          id: "language",
          lang: isChinese() ? "en" : "zh-CN",
          title: say("language_key"),
        }),
        button(say("undo"), undo, { id: "undo", disabled: !canUndo() }),
        button(say("share"), copyLink, { id: "share" }),
        element("span", { id: "linked", role: "status" }),
      ),
    ),
    element(
      "main",
      {},
      element("div", { id: "question" }),
      element("div", { id: "fault", role: "alert" }),
      element(
        "div",
        { className: "tools bar" },
        button(say("run"), () => press(false), { id: "run", className: "go" }),
        button(say("again"), () => press(true), { id: "again" }),
        button(say("stop"), stop, { id: "stop" }),
        element("span", { id: "status", role: "status" }),
      ),
      element("section", { id: "results" }),
    ),
    element("footer", { className: "foot" }, remark(say("foot", { version: state.version }))),
  );
  drawQuestion();
  drawButtons();
  drawResults();
  drawFault();
}

/** What the address asks for: a question in its link, or the first place. */
async function opening() {
  const link = location.hash.slice(1);
  let asked = null;
  if (link) {
    try {
      asked = JSON.parse(await desk.ask("whatIfOfLink", link));
    } catch (error) {
      state.fault = error.message;
    }
  }
  const known = asked && state.places.some((place) => place.name === asked.place);
  if (asked && !known) state.fault = say("no_place", { name: asked.place });
  const place = await open(known ? asked.place : state.places[0].name);
  begin(known ? asked : firstQuestion(place), place);
  const unknown = state.whatIf.policies.filter(({ kind }) => !kindOf(kind));
  if (unknown.length) state.fault = say("no_policy", { name: unknown[0].kind });
}

function keys(event) {
  const isTyping = event.target.closest("input, select, textarea");
  if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !isTyping) {
    event.preventDefault();
    undo();
  } else if (event.key === "l" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) toggle();
}

async function start() {
  if (!("WebAssembly" in window)) {
    throw new Failure("This browser has no WebAssembly. 此浏览器不支持 WebAssembly。", false);
  }
  const kept = (() => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  })();
  await speak(kept || (navigator.language.startsWith("zh") ? "zh" : "en"));
  const shipped = await (await part("places.json")).json();
  state.places = shipped.places;
  state.signs = shipped.signs;
  state.version = await desk.ask("version");
  state.catalogue = JSON.parse(await desk.ask("catalogue"));
  await opening();
  followWith(follow);
  draw();
  const opened = state.fault;
  await share();
  if (opened) fault(opened);
  else check();
  tell(say("ready"));
  byId("page").dataset.ready = "yes";
  document.addEventListener("keydown", keys);
  window.addEventListener("hashchange", () => location.reload());
  prepare().catch(() => {});
  keep();
}
start().catch((error) => {
  byId("page").replaceChildren(element("p", { className: "fault", role: "alert" }, error.message));
});
