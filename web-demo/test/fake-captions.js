// Captions of a fake gateway.

/** Returns a caption for each phrase, at the frame in which it begins. @param {string} text @param {number} frames of the whole text */
export function captionsOf(text, frames) {
  const phrases = [...text.matchAll(/\S[^,.;:!?—]*[,.;:!?—]*/g)];
  return phrases.map(({ 0: phrase, index }, i) => ({
    part: i + 1,
    parts: phrases.length,
    from: index,
    to: index + phrase.length,
    frame: Math.floor((index / text.length) * frames),
  }));
}
