// The service worker of the kiosk alone: it keeps the files of that page, so that the page also opens while the gateway is away. While the gateway answers,
// everything comes from it, and what is kept is renewed.

const KEPT_IN = "stentor-kiosk";

importScripts("/kiosk-files.js");

/** All that the page loads. @type {string[]} */
const FILES = Reflect.get(self, "KIOSK_FILES");

/** A gateway that does not answer for so long counts as away. */
const ANSWERS_WITHIN_MS = 5_000;

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(KEPT_IN)
      .then((kept) => kept.addAll(FILES))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin || !FILES.includes(pathname)) return;
  event.respondWith(current(event.request, pathname));
});

/** Returns the gateway's file; the one that is kept if the gateway, or a proxy before it, has none to give. @param {Request} request @param {string} path */
async function current(request, path) {
  const kept = await caches.open(KEPT_IN);
  try {
    const answer = await fetch(request.url, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    if (answer.ok) await kept.put(path, answer.clone());
    else if (answer.status >= 500) return (await kept.match(path)) ?? answer;
    return answer;
  } catch (failure) {
    const found = await kept.match(path);
    if (found) return found;
    throw failure;
  }
}
