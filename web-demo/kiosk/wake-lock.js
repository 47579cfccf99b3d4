/**
 * Keeps the screen on while the page is shown, where the browser can. A browser takes the lock away whenever the page is hidden, or the battery is low, so it
 * is asked for again.
 *
 * @param {Pick<Navigator, "wakeLock"> | {wakeLock?: undefined}} [navigator]
 * @param {Pick<Document, "visibilityState" | "addEventListener">} [document]
 */
export function keepScreenOn(navigator = globalThis.navigator, document = globalThis.document) {
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  const ask = async () => {
    if (!navigator.wakeLock || (lock && !lock.released) || document.visibilityState !== "visible") return;
    lock = await navigator.wakeLock.request("screen").catch(() => null);
  };
  document.addEventListener("visibilitychange", () => void ask());
  document.addEventListener("pointerdown", () => void ask()); // some browsers want a touch
  return ask();
}
