/**
 * The visitor's key for a gateway that has keys: what follows `#key=` in the page's address. A browser sends that part to nobody.
 *
 * @type {string | undefined}
 */
export const key = new URLSearchParams(location.hash.slice(1)).get("key") ?? undefined;

/** Words for a request that nobody answered. */
export const UNREACHABLE = "The gateway cannot be reached. Nothing was done.";

/** A gateway that does not answer for so long counts as one that cannot be reached. */
const ANSWERS_WITHIN_MS = 15_000;

/** Asks the gateway, with the visitor's key. Fails if it cannot be reached. @param {string} path @param {RequestInit} [request] */
export function ask(path, request = {}) {
  const headers = new Headers(request.headers);
  if (key) headers.set("authorization", `Bearer ${key}`);
  return fetch(path, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS), ...request, headers });
}
