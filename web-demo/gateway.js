/**
 * The visitor's key for a gateway that has keys: what follows `#key=` in the page's address. A browser sends that part to nobody.
 *
 * @type {string | undefined}
 */
export const key = new URLSearchParams(location.hash.slice(1)).get("key") ?? undefined;

/** Asks the gateway, with the visitor's key. @param {string} path @param {RequestInit} [request] */
export function ask(path, request = {}) {
  const headers = new Headers(request.headers);
  if (key) headers.set("authorization", `Bearer ${key}`);
  return fetch(path, { ...request, headers });
}
