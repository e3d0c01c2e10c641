// The engine in a worker: answers questions, and lives runs year by year.
import init, * as engine from "../../engine/shanhai_wasm.js";

/** What stopped the engine, in the words it left; a module that stops without words has no memory left. */
function lastWords() {
  try {
    return engine.lastWords();
  } catch {
    return "";
  }
}
function failure(error) {
  const isFatal = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
  return { failed: isFatal ? lastWords() : error.message, isFatal };
}

/** Lets messages of the page in between two years. */
const pause = () => new Promise((go) => setTimeout(go, 0));

/** Lives a run; every year goes to the page as soon as it is over, the tables at the end if they are wanted. */
async function live(id, { name, scenario, tables, wantsTables }) {
  const begun = performance.now();
  const run = new engine.Run(name, scenario, tables, []);
  const built = performance.now();
  let names = null;
  while (!run.isOver()) {
    run.step();
    const values = Float64Array.from(run.look());
    if (!names) names = JSON.parse(run.names());
    postMessage({ id, year: run.year(), values, names, outlays: JSON.parse(run.outlays()) }, [values.buffer]);
    names = [];
    await pause();
  }
  const ended = performance.now();
  const files = run.finish();
  const times = { start: (built - begun) / 1000, years: (ended - built) / 1000 };
  if (wantsTables) postMessage({ id, answer: { files, times } });
  else postMessage({ id, answer: { times } });
}

async function answer({ id, ask, args, module }) {
  try {
    if (ask === "load") {
      await init({ module_or_path: module });
      postMessage({ id, answer: engine.version() });
    } else if (ask === "run") {
      await live(id, ...args);
    } else {
      // A function without an answer is answered too.
      postMessage({ id, answer: engine[ask](...args) ?? true });
    }
  } catch (error) {
    postMessage({ id, ...failure(error) });
  }
}
addEventListener("message", (event) => answer(event.data));
