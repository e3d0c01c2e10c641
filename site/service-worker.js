// Keeps the page for times without a network. `build.mjs` fills in what belongs to it and a version made of its bytes.
const VERSION = "VERSION_OF_THE_BUILD";
const FILES = ["FILES_OF_THE_BUILD"];
const NAME = "shanhai-" + VERSION;

async function keep() {
  const cache = await caches.open(NAME);
  // Past the browser's own store, so that files of two builds are never mixed.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
  await self.skipWaiting();
}
async function forget() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith("shanhai-") && name !== NAME).map((name) => caches.delete(name)),
  );
  await self.clients.claim();
}
async function answer(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(request, { ignoreSearch: true })) || fetch(request);
}
self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forget()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && new URL(event.request.url).origin === location.origin) {
    event.respondWith(answer(event.request));
  }
});
