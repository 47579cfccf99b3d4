// uPlot formats numbers in the browser's language as soon as it is loaded, and fails if that is no language tag: a Chromium on a machine
// without a locale calls it "en-US@posix". To be imported before uPlot.

const ENGLISH = "en-US";

/** Returns the language if numbers can be formatted in it, else English. @param {string} language */
export function formattable(language) {
  try {
    new Intl.NumberFormat(language);
    return language;
  } catch {
    return ENGLISH;
  }
}

const named = globalThis.navigator?.language ?? ENGLISH;
if (formattable(named) !== named) Object.defineProperty(navigator, "language", { value: formattable(named) });
