// Workers with the engine in them. A worker whose engine stopped for good is replaced by a new one.
import { language, say } from "./language.js";
import { engineFile, startWorker } from "./parts.js";

/** A failure in words for the reader; `isFatal` if the engine itself stopped. */
export class Failure extends Error {
  constructor(text, isFatal) {
    super(text);
    this.isFatal = isFatal;
  }
}

let compiling = null;
/** The module is compiled once and shared by all workers. */
function compiled() {
  async function compile() {
    try {
      return await WebAssembly.compileStreaming(engineFile());
    } catch {
      // A host that does not say `application/wasm`.
      return WebAssembly.compile(await (await engineFile()).arrayBuffer());
    }
  }
  if (!compiling) {
    compiling = compile();
    compiling.catch(() => {
      compiling = null;
    });
  }
  return compiling;
}

const explained = (text) => (text ? say("panic", { text }) : say("no_memory"));

/** A worker that is started when it is first asked. */
export class Engine {
  worker = null;
  next = 1;
  open = new Map();

  async start() {
    const module = await compiled();
    const worker = await startWorker();
    worker.addEventListener("message", (event) => this.hear(event.data));
    worker.addEventListener("error", () => this.stop(new Failure(explained(""), true)));
    this.send = (message) => worker.postMessage(message);
    this.own = worker;
    await this.request({ ask: "load", module });
    await this.request({ ask: "speak", args: [language.now] });
  }

  hear({ id, answer, failed, isFatal, ...year }) {
    const waiting = this.open.get(id);
    if (!waiting) return;
    if (failed !== undefined) {
      const failure = new Failure(isFatal ? explained(failed) : failed, Boolean(isFatal));
      if (isFatal) this.stop(failure);
      else this.settle(id, () => waiting.reject(failure));
    } else if (answer !== undefined) {
      this.settle(id, () => waiting.resolve(answer));
    } else if (waiting.onYear) waiting.onYear(year);
  }

  settle(id, act) {
    this.open.delete(id);
    act();
  }

  request(message, onYear) {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject, onYear });
      this.send({ id, ...message });
    });
  }

  /** Calls a function of the engine. */
  async ask(name, ...args) {
    if (!this.worker) {
      this.worker = this.start();
      this.worker.catch(() => {
        this.worker = null;
      });
    }
    await this.worker;
    return this.request({ ask: name, args });
  }

  /** Lives a run; `onYear` hears every year. */
  async run(request, onYear) {
    await this.ask("version");
    return this.request({ ask: "run", args: [request] }, onYear);
  }

  /** Ends what is under way; the next question starts a new engine. */
  stop(failure = new Failure(say("stopped"), false)) {
    if (this.own) this.own.terminate();
    this.own = null;
    this.worker = null;
    const waiting = [...this.open.values()];
    this.open.clear();
    waiting.forEach((one) => one.reject(failure));
  }
}

/** For questions that are answered at once; its language is that of the page. */
export const desk = new Engine();
/** For the run without policies, and for the run with them. */
export const arms = { without: new Engine(), with: new Engine() };
