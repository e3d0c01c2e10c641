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
const runName = () => state.place.folder.split("/").pop() + "-what_if";

/** The run without policies of a luck: the one that is kept, or a new one. */
async function without(whatIf, replicate, onYear) {
  const scenario = await textOf(whatIf, replicate, []);
  const key = state.place.name + "\n" + scenario;
  if (!kept.has(key)) {
    // Another one that is under way is of no use any more.
    if (living && living !== key) arms.without.stop();
    if (state.place.isOwn || kept.size > 40) kept.clear();
    living = key;
    const arm = emptyArm();
    const request = { name: runName(), scenario, tables: state.place.tables, wantsTables: false };
    arm.hear = () => {};
    arm.promise = arms.without.run(request, (year) => {
      note(arm, year);
      arm.hear();
    });
    kept.set(key, arm);
    arm.promise.then(
      () => {
        arm.isOver = true;
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
  if (state.isRunning || !state.place) return;
  const arm = await without(state.whatIf, 0, () => {});
  arm.promise.catch(() => {});
}

/** A pair of runs; `onYear` hears whenever a year of either arrives. */
async function pair(whatIf, replicate, onYear) {
  const scenario = await textOf(whatIf, replicate, whatIf.policies);
  const baseline = await without(whatIf, replicate, onYear);
  const arm = emptyArm();
  const luck = { replicate, scenario, without: baseline, with: arm, files: null, times: null };
  state.results.lucks.push(luck);
  const request = { name: runName(), scenario, tables: state.place.tables, wantsTables: replicate === 0 };
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
  const { results } = state;
  const whatIf = JSON.parse(JSON.stringify(state.whatIf));
  if (!isAnother || !results) state.results = { whatIf, place: state.place, lucks: [] };
  const { lucks } = state.results;
  state.isRunning = true;
  try {
    await pair(state.results.whatIf, lucks.length, onYear);
  } catch (error) {
    // A luck that was not lived to its end says nothing, and its other arm need not go on.
    arms.with.stop();
    lucks.pop();
    if (!lucks.length) state.results = null;
    throw error;
  } finally {
    state.isRunning = false;
  }
}
export function stop() {
  arms.with.stop();
  arms.without.stop();
}
