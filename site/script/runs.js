// Runs with and without policies under the same luck.
import { arms, desk } from "./engine.js";
import { state } from "./state.js";

/** Runs without policies, by the text of their scenario: lived once and kept. */
const kept = new Map();
let living = null;

const emptyArm = () => ({ years: [], rows: [], outlays: [], names: [], isOver: false });
function note(arm, { year, values, names, outlays }) {
  if (names.length) arm.names = names;
  arm.years.push(year);
  arm.rows.push(values);
  arm.outlays = outlays;
}
const textOf = (whatIf, replicate, policies) =>
  desk.ask("scenarioOf", state.place.text, JSON.stringify({ ...whatIf, replicate, policies }));
const runName = (file) => state.place.folder.split("/").pop() + "-" + file;

/** The run without policies of a luck: the one that is kept, or a new one. */
async function without(whatIf, replicate, onYear) {
  const scenario = await textOf(whatIf, replicate, []);
  const key = state.place.name + "\n" + scenario;
  const lived = kept.get(key);
  if (!lived || (replicate === 0 && lived.files === null)) {
    // Another one that is under way is of no use any more.
    if (living && living !== key) arms.without.stop();
    if (state.place.isOwn || kept.size > 40) kept.clear();
    living = key;
    const arm = { ...emptyArm(), scenario };
    const wantsTables = replicate === 0;
    const request = { name: runName("without"), scenario, tables: state.place.tables, wantsTables };
    // Tables are many bytes: those of one run without policies are kept.
    if (wantsTables) for (const other of kept.values()) other.files = null;
    arm.hear = () => {};
    arm.promise = arms.without.run(request, (year) => {
      note(arm, year);
      arm.hear();
    });
    kept.set(key, arm);
    arm.promise.then(
      (answer) => {
        arm.isOver = true;
        arm.files = answer.files || null;
        if (living === key) living = null;
      },
      () => {
        kept.delete(key);
        if (living === key) living = null;
      },
    );
  }
  const arm = kept.get(key);
  arm.hear = onYear;
  return arm;
}

/** Begins the run without policies while the reader is still choosing. */
export async function prepare() {
  if (state.running || !state.place) return;
  const arm = await without(state.whatIf, 0, () => {});
  arm.promise.catch(() => {});
}

/** A pair of runs; `onYear` hears whenever a year of either arrives. */
async function pair({ whatIf, lucks }, onYear) {
  const replicate = lucks.length;
  const scenario = await textOf(whatIf, replicate, whatIf.policies);
  const baseline = await without(whatIf, replicate, onYear);
  const arm = emptyArm();
  const luck = { replicate, scenario, without: baseline, with: arm, files: null, times: null };
  lucks.push(luck);
  const request = {
    name: runName("what_if"),
    scenario,
    tables: state.place.tables,
    wantsTables: replicate === 0,
  };
  const lived = arms.with.run(request, (year) => {
    note(arm, year);
    onYear();
  });
  const [answer] = await Promise.all([lived, baseline.promise]);
  luck.files = answer.files || null;
  luck.times = answer.times;
  arm.isOver = true;
}

/** Answers the question on show with one luck, or adds another luck to the answer. */
export async function run(isAnother, onYear) {
  const earlier = state.results;
  const whatIf = JSON.parse(JSON.stringify(state.whatIf));
  const results = isAnother && earlier ? earlier : { whatIf, place: state.place, lucks: [] };
  const before = results.lucks.length;
  state.results = results;
  state.running = results;
  try {
    await pair(results, onYear);
  } catch (error) {
    // A luck that was not lived to its end says nothing, and its other arm need not go on.
    arms.with.stop();
    results.lucks.length = before;
    // An answer that was there before stays.
    if (!before && state.results === results) {
      state.results = earlier && earlier.place === results.place ? earlier : null;
    }
    throw error;
  } finally {
    state.running = null;
  }
}
export function stop() {
  arms.with.stop();
  arms.without.stop();
}
