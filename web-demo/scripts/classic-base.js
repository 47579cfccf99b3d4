// A classic script has no import.meta.url; scripts/build.mjs puts this in its place.
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
if (!script) throw new Error("This file is for <script src>. Modules take stentor-player or stentor-player/element.");
export const CLASSIC_BASE = script.src;
