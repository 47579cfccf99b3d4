/**
 * Channels: a queue of utterances, played at speaking pace, alone or in a mix. Uses speech and speech.reading, text, mix, clock
 * and audio; Reactor and SLF4J.
 *
 * <p>The types, by what they belong to:
 *
 * <p><ul> <li>the front: {@link Channels}, {@link Channel}, their settings, requests, results, refusals and events; <li>the
 * queue: {@code UtteranceQueue}, {@code ActiveUtterance}, {@code UtteranceLog}, {@code QueueLimits}; <li>receiving: {@code
 * Prefetcher} with its gate, {@code EngineSubscriber}, {@code Intake}, {@code FrameCutter} with its {@code SoundBlocks}, {@code ArrivalRate}; <li>the text:
 * {@code UtteranceText} (whole or open), {@code GrowingText}, {@code TextTrack}, {@code MarkTrack}, {@link TextMap};
 * <li>releasing: {@code PlayLoop}, {@code Playback}, {@code FrameReleaser} (plain or mixed), {@code Announcer}, {@code
 * StartGate}, {@code Timeline}, {@code ReleasedAudio}, {@code UnheardFrames}; <li>the mix: {@code Stage}, {@code SpeechInput},
 * {@code MixReport}, {@code SourceRegistry}, {@code SourceLimits}, {@link Source}. </ul>
 *
 * <p>They are one room on purpose: the text would need seven public types to hide six, and the stage five to hide four, while
 * both throw the channel's refusals and are driven by its clock.
 *
 * <p>May use: speech.reading, speech, text, mix, clock, audio, trace, usage; libraries: Reactor, SLF4J.
 */
@NullMarked
package dev.stentor.channel;

import org.jspecify.annotations.NullMarked;
