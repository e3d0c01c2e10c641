// The page: loads places, draws the question and its answer, and keeps both in step.
import { button, byId, details, element, picker, remark } from "../../assets/report/script/elements.js";
import { desk, Failure } from "./engine.js";
import { isChinese, language, say } from "./language.js";
import { AGENT_SIZES, firstQuestion, open, take } from "./places.js";
import { keep, part } from "./parts.js";
import { policyForms } from "./policies.js";
import { resultsSection } from "./results.js";
import { prepare, run, stop } from "./runs.js";
import { begin, canUndo, change, followWith, kindOf, share, state, undo } from "./state.js";

const MOST_YEARS = 60;
const KEY = "shanhai.language";

/** What is wrong, in words; texts of several lines keep their carets. */
function fault(error) {
  state.fault = error instanceof Failure || error instanceof Error ? error.message : String(error);
  drawFault();
}
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
            rest.length ? element("pre", { tabIndex: 0 }, rest.join("\n")) : "",
          ),
        ]
      : []),
  );
}
function tell(text) {
  byId("status").textContent = text;
}

let checking = null;
/** Holds the question against the schema and the tables while it is being put. */
function check() {
  clearTimeout(checking);
  checking = setTimeout(async () => {
    try {
      const text = await desk.ask("scenarioOf", state.place.text, JSON.stringify(state.whatIf));
      await desk.ask("placeOf", text, state.place.tables);
      state.fault = "";
      drawFault();
      byId("page").dataset.checked = "yes";
    } catch (error) {
      fault(error);
      byId("page").dataset.checked = "no";
    }
  }, 250);
}

let preparing = null;
function follow(redraws) {
  delete byId("page").dataset.checked;
  if (redraws) drawQuestion();
  // A run about a place that was left is of no use.
  if (state.isRunning && !state.results) stop();
  if (!state.isRunning) drawResults();
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
  }
}

/** What the scenario of the place assumes; in the language of its author where there is no other. */
function assumed() {
  const { assumptions, assumptions_zh } = state.place.area;
  if (!assumptions.length) return null;
  const lines = (isChinese() ? assumptions_zh : assumptions).map((text) => element("li", {}, text));
  return details(say("assumed"), { className: "foot" }, element("ul", {}, lines));
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
  const files = element("input", { type: "file", id: "files", multiple: true, accept: ".csv,.toml" });
  files.addEventListener("change", () => {
    taken([...files.files]);
    // The same file can be chosen again once it is mended.
    files.value = "";
  });
  const drop = element("div", { className: "drop" }, element("label", {}, say("drop") + " ", files));
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
  return element(
    "section",
    { "aria-labelledby": "place-title" },
    element("h2", { id: "place-title" }, say("place_title")),
    element(
      "div",
      { className: "row" },
      picker(say("place"), places, state.place.name, choose, { id: "place" }),
      element("label", {}, element("span", {}, say("years"), ": ", shown), years),
      picker(say("agents"), agents, state.whatIf.persons_per_agent, (value) =>
        change((whatIf) => {
          whatIf.persons_per_agent = Number(value);
        }, false),
      ),
    ),
    remark(state.place.isOwn || !isChinese() ? state.place.area.title : state.place.title[1]),
    assumed(),
    drop,
  );
}

/** Draws the question again; the element that had the focus keeps it, by its place among its like. */
function drawQuestion() {
  const focusable = () => [...byId("question").querySelectorAll("select, input, button, summary")];
  const at = focusable().indexOf(document.activeElement);
  byId("question").replaceChildren(placeForm(), policyForms());
  if (at >= 0) (focusable()[at] || byId("run")).focus();
}
function drawResults(focus) {
  const old = byId("results");
  const isOpen = [...old.querySelectorAll("details")].map((one) => one.open);
  const node = resultsSection(drawResults);
  [...node.querySelectorAll("details")].forEach((one, position) => {
    one.open = isOpen[position] || one.open;
  });
  old.replaceWith(node);
  if (focus === "year") byId("year").focus();
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

function drawButtons() {
  byId("run").disabled = state.isRunning;
  byId("again").disabled = state.isRunning || !state.results;
  byId("stop").disabled = !state.isRunning;
}
async function press(isAnother) {
  if (state.isRunning || !state.place) return;
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
  }
  drawButtons();
  drawResults();
  byId("page").dataset.done = state.fault ? "failed" : "yes";
}

async function copyLink() {
  if (state.place.isOwn) {
    tell(say("link_own"));
    return;
  }
  await share();
  try {
    await navigator.clipboard.writeText(location.href);
    tell(say("link_copied"));
  } catch {
    tell(say("link_there"));
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
      ),
    ),
    element(
      "main",
      {},
      element("div", { id: "question" }),
      element("div", { id: "fault", role: "alert" }),
      element(
        "div",
        { className: "tools" },
        button(say("run"), () => press(false), { id: "run", className: "go" }),
        button(say("again"), () => press(true), { id: "again" }),
        button(say("stop"), stop, { id: "stop" }),
      ),
      element("p", { id: "status", role: "status" }),
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
  const isTyping = event.target.closest("input[type=text], input[type=number], select, textarea");
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
