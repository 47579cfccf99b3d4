import { SAMPLES_PER_SECOND } from "./timeline.js";

/**
 * Totals of a play-out, in samples where nothing else is said. They account for every sample: what was received was played, plus what was
 * removed, minus what was inserted; the rest is still buffered, was cancelled by a clear, or skipped.
 */
export class PlayoutCounts {
  /** Samples that came, without repetitions. */
  received = 0;
  /** Samples that were heard, with those that were blended where the sound's length was changed. */
  played = 0;
  /** Samples that were left out to catch up. */
  removed = 0;
  /** Samples that were added to fill the buffer. */
  inserted = 0;
  /** Samples of ramps and fades that stand for none of the timeline. */
  concealed = 0;
  /** Those of them that went on with a sound that an underrun had broken off. */
  extended = 0;
  /** Silence while an underrun lasted. */
  stalled = 0;
  /** Number of underruns. */
  underruns = 0;
  /** Samples that never came. */
  lost = 0;
  /** Samples that were skipped because they were too old. */
  skipped = 0;
  /** Number of frames of an older generation. */
  stale = 0;
  /** Seconds that all samples played so far waited in the buffer, added up. */
  bufferSeconds = 0;
  /** What the target was while they were played, and how much of it the network needed, added up in the same way. */
  targetSeconds = 0;
  networkSeconds = 0;

  /**
   * Takes what was just rendered.
   *
   * @param {number} rendered
   * @param {number} played
   * @param {number} level
   * @param {{target: number, network: number}} playout
   */
  rendered(rendered, played, level, { target, network }) {
    this.bufferSeconds += (level * rendered) / SAMPLES_PER_SECOND;
    this.targetSeconds += (target * played) / SAMPLES_PER_SECOND;
    this.networkSeconds += (network * played) / SAMPLES_PER_SECOND;
  }
}
