// The parts of the page that is one file: they stand in it, packed, and nothing is asked of any server.
const inside = JSON.parse(document.getElementById("inside").textContent);

const TYPES = { wasm: "application/wasm", js: "text/javascript" };
const typeOf = (path) => TYPES[path.split(".").pop()] || "text/plain";

/** A file of the page, as a server would answer. */
export async function part(path) {
  const packed = Object.hasOwn(inside, path) ? inside[path] : null;
  if (packed === null) return new Response(null, { status: 404 });
  const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": typeOf(path) } });
}

export const engineFile = () => part("engine.wasm");

export async function startWorker() {
  const script = await (await part("worker.js")).blob();
  const url = URL.createObjectURL(script);
  return new Worker(url);
}

/** A file on the reader's own disk is kept already. */
export function keep() {}
