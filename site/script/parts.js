// Where the parts of the page come from: the server that it came from. In the page that is one file `parts_inside.js` stands here.

/** A file of the page. */
export const part = (path) => fetch(path);

export const engineFile = () => fetch(new URL("../../engine/shanhai_wasm_bg.wasm", import.meta.url));

export const startWorker = () => new Worker(new URL("worker.js", import.meta.url), { type: "module" });

/** Keeps the page for times without a network. */
export function keep() {
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("service-worker.js").catch(() => {});
}
