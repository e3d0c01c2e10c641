// Puts the static files of the what-if page together: node site/build.mjs ENGINE_FOLDER OUT_FOLDER
// The layout is that of the repository, so that modules find each other by the same paths. `what-if.html` is the whole page once
// more, as one file that opens without a server.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const [engine, out] = process.argv.slice(2);
if (!out) throw new Error("two arguments: the folder of the engine, and the folder to write");
const root = join(dirname(new URL(import.meta.url).pathname), "..");
rmSync(out, { recursive: true, force: true });

const read = (path) => readFileSync(join(root, path), "utf8");
const write = (path, text) => {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
};
const copy = (from, to = from) => {
  mkdirSync(dirname(join(out, to)), { recursive: true });
  cpSync(from.startsWith("/") ? from : join(root, from), join(out, to));
};

/** A module and everything that it imports, as far as it is ours. */
const taken = new Set();
function take(path) {
  if (taken.has(path)) return;
  taken.add(path);
  copy(path);
  for (const [, specifier] of read(path).matchAll(/^(?:import|\} from)[^;]*?"(\.[^"]+)";/gm)) {
    const target = join(dirname(path), specifier);
    if (!target.startsWith("engine/")) take(target);
  }
}
take("site/script/page.js");
take("site/script/worker.js");
for (const file of readdirSync(engine).filter((name) => /\.(js|wasm)$/.test(name))) {
  cpSync(
    join(engine, file),
    (mkdirSync(join(out, "engine"), { recursive: true }), join(out, "engine", file)),
  );
}
copy("site/style.css", "style.css");

/** Shares of draws in which signs hold, from the tables of docs/sensitivity.md; null if it has none. */
function signs() {
  const text = read("docs/sensitivity.md");
  const begin = text.indexOf("## Does the sign of an effect hold?");
  if (begin < 0) return null;
  const end = text.indexOf("\n## ", begin + 1);
  const rows = [];
  let number = "";
  for (const line of text.slice(begin, end < 0 ? undefined : end).split("\n")) {
    if (line.startsWith("### ")) number = line.slice(4);
    const cells = line.split("|").map((cell) => cell.trim().replace(/[`*]/g, ""));
    const share = /^(\d+) \((\d+) \.\. (\d+)\)$/.exec(cells[4] || "");
    if (!number || cells.length < 7 || !share) continue;
    const verdict = cells[6] === "holds" ? "surely" : cells[6];
    rows.push({ policy: cells[1], number, share: +share[1], low: +share[2], high: +share[3], verdict });
  }
  const old = /^\*\*This page is of the model before version ([\d.]+)\*\*/m.exec(text);
  return rows.length ? { rows, before: old ? old[1] : "" } : null;
}

// Study areas with every table that their scenarios name.
const places = JSON.parse(read("site/places.json"));
for (const { folder, scenario, extras } of places) {
  copy(join(folder, scenario));
  for (const [, table] of read(join(folder, scenario)).matchAll(/"([^"]+\.csv)"/g)) copy(join(folder, table));
  for (const extra of extras) copy(join(folder, extra));
}
write("places.json", JSON.stringify({ places, signs: signs() }));

/** What a policy for content allows: a text of the page by its sum. */
const allowed = (text) => "'sha256-" + createHash("sha256").update(text).digest("base64") + "'";

// The page itself: the one script that stands in it is allowed by its sum.
const html = read("site/index.html");
const inline = /<script>([\s\S]*?)<\/script>/.exec(html)[1];
write("index.html", html.replace("'sha256-FOLDER'", allowed(inline)));

// The service worker knows every file, and a version that is a sum of their bytes.
const files = [];
const walk = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path);
    else files.push(relative(out, path));
  }
};
walk(out);
files.sort();
const version = createHash("sha256");
for (const file of files) version.update(file).update(readFileSync(join(out, file)));
const list = JSON.stringify(["./", ...files]);
write(
  "service-worker.js",
  read("site/service-worker.js")
    .replace('"VERSION_OF_THE_BUILD"', JSON.stringify(version.digest("hex").slice(0, 16)))
    .replace('["FILES_OF_THE_BUILD"]', list),
);

// Sizes as they travel: compressed, in all and before the first answer about the first place.
const packed = (file) => gzipSync(readFileSync(join(out, file)), { level: 9 }).length;
const sizes = new Map(files.map((file) => [file, packed(file)]));
const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
const isLater = (file) =>
  places.slice(1).some(({ folder }) => file.startsWith(folder + "/") && folder !== places[0].folder);
const first = files.filter((file) => !isLater(file)).reduce((sum, file) => sum + sizes.get(file), 0);
const megabytes = (bytes) => (bytes / 1e6).toFixed(2) + " MB";
const wasm = files.find((file) => file.endsWith(".wasm"));
console.log(
  `${out}: ${files.length + 1} files, ${megabytes(total)} compressed; before the first answer ${megabytes(first)}`,
);
console.log(
  `  the engine: ${megabytes(statSync(join(out, wasm)).size)}, compressed ${megabytes(sizes.get(wasm))}`,
);
if (total > 4e6 || first > 1.5e6) {
  console.error("over the limits of the page: 4 MB in all, 1.5 MB before the first answer");
  process.exit(1);
}

/** A module and all that it imports as one script; its parts are inside the page. */
async function bundled(path) {
  const inside = {
    name: "parts inside",
    setup: (tool) =>
      tool.onResolve({ filter: /\/parts\.js$/ }, () => ({ path: join(root, "site/script/parts_inside.js") })),
  };
  const made = await build({
    entryPoints: [join(out, path)],
    bundle: true,
    write: false,
    format: "iife",
    minify: true,
    charset: "utf8",
    target: "es2022",
    plugins: [inside],
    // The engine is handed to the worker, so the address that it would look at is never asked for.
    logOverride: { "empty-import-meta": "silent" },
  });
  return made.outputFiles[0].text.trim();
}

// The page as one file: style, script, engine, places and tables stand in it, the larger ones packed.
const base64 = (bytes) => gzipSync(bytes, { level: 9 }).toString("base64");
const inside = {
  "worker.js": base64(await bundled("site/script/worker.js")),
  "engine.wasm": base64(readFileSync(join(out, wasm))),
};
for (const file of files.filter((name) => name === "places.json" || name.startsWith("scenarios/"))) {
  inside[file] = base64(readFileSync(join(out, file)));
}
const script = await bundled("site/script/page.js");
const style = read("site/style.css").trim();
const policy = [
  "default-src 'none'",
  `script-src ${allowed(script)} 'wasm-unsafe-eval'`,
  `style-src ${allowed(style)}`,
  "worker-src blob:",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const one = html
  .replace(/content="default-src[^"]*"/, () => `content="${policy}"`)
  .replace('<link rel="stylesheet" href="style.css" />', () => `<style>${style}</style>`)
  .replace(
    /<script>[\s\S]*?<\/script>\s*/,
    () => `<script type="application/json" id="inside">${JSON.stringify(inside)}</script>\n    `,
  )
  .replace('<script type="module" src="site/script/page.js"></script>', () => `<script>${script}</script>`);
write("what-if.html", one);
console.log(`  as one file: ${megabytes(one.length)}`);
