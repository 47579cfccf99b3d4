/** Returns how the gateway does, in a few words. @param {{listeners: number}[]} channels */
export function statusInWords(channels) {
  const listeners = channels.reduce((sum, channel) => sum + channel.listeners, 0);
  return { tone: "ready", words: `${count(channels.length, "channel")}, ${count(listeners, "listener")}` };
}

/** Returns what went wrong, for people. @param {any} failure of a question or an order */
export function failureInWords(failure) {
  const tone = "trouble";
  if (failure?.status === 401) return { tone, words: "This page needs a key that may manage all channels." };
  if (failure?.status === 403) return { tone, words: "This key may not manage all channels." };
  if (failure?.status) return { tone, words: failure.message };
  return { tone, words: "The gateway does not answer. Trying again…" };
}

/** Tells whether another key may help. @param {any} failure */
export function isKeyRefused(failure) {
  return failure?.status === 401 || failure?.status === 403;
}

/** @param {number} number @param {string} thing */
function count(number, thing) {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
