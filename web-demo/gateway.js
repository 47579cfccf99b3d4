/** Where the tab keeps the visitor's key. */
const KEPT_AS = "stentor.key";

/**
 * The visitor's key for a gateway that has keys. It is kept until the tab is closed. A link may bring one behind `#key=`, a part of the
 * address that browsers send to nobody; it is taken from there, and the address is cleaned.
 *
 * @type {string | undefined}
 */
export let key = fromAddress() ?? kept();

/** Asks the visitor for a key; `wrong`: one was refused. Returns whether there is another one. @type {(wrong: boolean) => Promise<boolean>} */
let askForKey = async () => false;

/** Words for a request that nobody answered. */
export const UNREACHABLE = "The gateway cannot be reached. Nothing was done.";

/** A gateway that does not answer for so long counts as one that cannot be reached. */
const ANSWERS_WITHIN_MS = 15_000;

/** Keeps a key for this tab. @param {string} given */
export function keepKey(given) {
  key = given;
  remember(given);
}

/** @param {string} given */
function remember(given) {
  try {
    sessionStorage.setItem(KEPT_AS, given);
  } catch {
    // the tab keeps nothing, and the visitor is asked again after a reload
  }
}

/** Sets how the visitor is asked for a key. @param {(wrong: boolean) => Promise<boolean>} ask */
export function onKeyNeeded(ask) {
  askForKey = ask;
}

/**
 * Asks the gateway, with the visitor's key. Fails if it cannot be reached. If something is to be done and that needs a valid key, the visitor
 * is asked for one, and the request is repeated. Nobody is asked for the sake of what the page fetches by itself.
 *
 * @param {string} path
 * @param {RequestInit} [request]
 */
export async function ask(path, request = {}) {
  const used = key;
  const response = await fetchWithKey(path, request);
  if (response.status !== 401 || (request.method ?? "GET") === "GET") return response;
  const another = key !== used || (await askForKey(used !== undefined));
  return another ? fetchWithKey(path, request) : response;
}

/** @param {string} path @param {RequestInit} request */
function fetchWithKey(path, request) {
  const headers = new Headers(request.headers);
  if (key) headers.set("authorization", `Bearer ${key}`);
  return fetch(path, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS), ...request, headers });
}

/** Takes the key from the page's address, and cleans the address. */
function fromAddress() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const given = parameters.get("key") || undefined;
  if (given === undefined) return undefined;
  parameters.delete("key");
  const rest = String(parameters);
  history.replaceState(history.state, "", `${location.pathname}${location.search}${rest && `#${rest}`}`);
  remember(given);
  return given;
}

function kept() {
  try {
    return sessionStorage.getItem(KEPT_AS) ?? undefined;
  } catch {
    return undefined;
  }
}
