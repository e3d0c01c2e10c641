// What the reader chose and what came of it. Every change can be undone, and stands in the address of the page.
import { desk } from "./engine.js";

/** The question: only this is undone and shared. */
const NOTHING = { place: "", years: 1, persons_per_agent: 1, replicate: 0, policies: [] };
export const MOST_POLICIES = 5;

export const state = {
  whatIf: NOTHING,
  /** Places that come with the page, and the one on show: what it is called, its text, tables and description. */
  places: [],
  place: null,
  catalogue: { kinds: [], tiers: [], measures: [], payers: [] },
  signs: null,
  /** Runs that answer the question on show, one pair a luck. */
  results: null,
  /** The results that a run under way adds to; nothing while none is. */
  running: null,
  fault: "",
  note: "",
  /** What of the results is looked at. */
  view: { measure: "income_per_head", tier: "all", year: null },
};

const past = [];
let follow = () => {};
/** Says what happens after a change; it is told whether the form has to be drawn again. */
export const followWith = (act) => {
  follow = act;
};
export const copy = (value) => JSON.parse(JSON.stringify(value));
export const canUndo = () => past.length > 0;
export const kindOf = (name) => state.catalogue.kinds.find((kind) => kind.name === name);

/** Changes the question: `act` is given a copy to work on. */
export function change(act, redraws = true) {
  const next = copy(state.whatIf);
  act(next);
  if (JSON.stringify(next) === JSON.stringify(state.whatIf)) return;
  past.push({ whatIf: state.whatIf, place: state.place, results: state.results });
  state.whatIf = next;
  state.note = "";
  follow(redraws);
}
export function undo() {
  const before = past.pop();
  if (!before) return;
  // Results of the place on show stay; another place comes back with its own.
  if (before.place === state.place) before.results = state.results;
  Object.assign(state, before);
  follow(true);
}
/** A question about a place: that of a link, of a file, or the first of another place. */
export function begin(whatIf, place) {
  if (state.place) past.push({ whatIf: state.whatIf, place: state.place, results: state.results });
  Object.assign(state, { whatIf, place, results: null });
}
/** Puts the question into the address; the engine writes the words. */
export async function share() {
  if (state.place && state.place.isOwn) {
    history.replaceState(null, "", location.pathname + location.search);
    return;
  }
  const link = await desk.ask("linkOf", JSON.stringify(state.whatIf));
  history.replaceState(null, "", "#" + link);
}
