/**
 * What the screen says instead of captions.
 *
 * @typedef {object} Message
 * @property {"busy" | "trouble"} tone
 * @property {string} headline
 * @property {string} detail
 * @property {boolean} [again] whether only a touch tries again
 */

const NAME_RULE =
  "A channel's name has up to 64 letters, digits, dots, dashes and underscores, and begins with a letter or a digit. Correct the address of this page.";

/** Words for refusals, by close code. @type {Record<number, (channel: string) => Message>} */
const REFUSALS = {
  4400: (channel) => trouble(`“${channel}” cannot be a channel`, NAME_RULE),
  4401: () =>
    trouble(
      "A key is needed",
      "The gateway lets only those listen who have a key, or does not know the key of this screen any more.",
    ),
  4403: (channel) =>
    trouble(
      `Not allowed to listen to ${channel}`,
      "The key of this screen, or this page, may not do this. The screen looks again every minute.",
    ),
  4404: (channel) => trouble(`There is no channel ${channel} now`, "The screen looks again every half a minute."),
  4409: () =>
    trouble(
      "Another screen took this place",
      "It has the same id in its address. Give each screen an id of its own.",
      true,
    ),
  4410: () => trouble("This screen was sent away", "Whoever manages the channel ended the connection.", true),
  4426: () => trouble("This page is out of date", "The gateway speaks another version. Load the page again.", true),
};

/** Words for attempts that the gateway answered, but not as one wished, by close code. @type {Record<number, string>} */
const WAITS = {
  4429: "Too many listeners",
  4500: "The gateway failed",
  4503: "The gateway has too much to do",
};

/**
 * Returns what a state is called in large words; null if nothing is wrong.
 *
 * @param {{phase: string, code?: number, reason?: string}} line state of the connection
 * @param {{channel: string, wasOpen: boolean, since: string}} about `wasOpen`: whether there was a connection before; `since`: since when there is none,
 *   empty as long as no attempt failed
 * @returns {Message | null}
 */
export function messageFor({ phase, code = 0, reason }, { channel, wasOpen, since }) {
  switch (phase) {
    case "open":
      return null;
    case "refused":
      return (
        REFUSALS[code]?.(channel) ??
        trouble("The gateway refuses this screen", reason || `It gives the code ${code}.`, true)
      );
    default:
      if (since === "") return { tone: "busy", headline: "Connecting…", detail: "" };
      return trouble(
        WAITS[code] ?? (wasOpen ? "The connection is lost" : "The gateway does not answer"),
        `It comes back by itself. Trying since ${since}.`,
      );
  }
}

/**
 * Returns what a listener is told of a loss; empty if it need not be told.
 *
 * @param {{ms: number, restarted: boolean, utterances: {text?: string}[]}} gap
 */
export function noteFor({ ms, restarted, utterances }) {
  if (utterances.length > 0) return "The rest of this text was lost.";
  if (restarted) return ""; // nobody here was in the midst of a text
  return ms >= 100 ? `${(ms / 1000).toFixed(1)} seconds of sound were lost.` : "";
}

/** Returns how loud the screen was made; empty if nobody changed it. @param {{volume: number, muted: boolean}} player */
export function loudness({ volume, muted }) {
  if (muted) return "Muted";
  return volume < 1 ? `Volume ${Math.round(volume * 100)} %` : "";
}

/** @param {string} headline @param {string} detail @param {boolean} [again] @returns {Message} */
function trouble(headline, detail, again) {
  return { tone: "trouble", headline, detail, again };
}
