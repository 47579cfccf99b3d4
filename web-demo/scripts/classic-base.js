// A classic script has no import.meta.url; scripts/build.mjs puts this in its place.
export const CLASSIC_BASE = /** @type {HTMLScriptElement} */ (document.currentScript).src;
