// The channel's timeline: a position on it is a count of samples at 24 kHz.

export const SAMPLES_PER_SECOND = 24_000;
export const SAMPLES_PER_MS = SAMPLES_PER_SECOND / 1000;
export const FRAME_MS = 20;
export const FRAME_SAMPLES = FRAME_MS * SAMPLES_PER_MS;

/**
 * Returns where the sound ends that a `clear` with `continues` sends a second time.
 *
 * The server renders the mix again from `fromPos` on and sends the new frames from `pos` on, so what was at `q` is now at `q + (pos −
 * fromPos)`. `pos` is also where the old frames ended. Thus the new frames up to `pos + (pos − fromPos)` hold sound that was sent before.
 * They were late already when they were sent, so their arrival says nothing about the network.
 *
 * @param {number} pos
 * @param {number} fromPos
 * @see ../../docs/adr/0028-a-mix-goes-on-through-a-clear.md
 */
export function resentUntil(pos, fromPos) {
  return 2 * pos - fromPos;
}
