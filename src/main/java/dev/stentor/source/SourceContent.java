package dev.stentor.source;

import dev.stentor.speech.SpeechRequest;
import java.net.URI;

/** The content of a source: what it is to be made of. */
public sealed interface SourceContent {

    /** A sound of the library, played over and over. */
    record Bed(SoundName sound) implements SourceContent {}

    /**
     * A stream over HTTP, fetched again when it breaks off.
     *
     * @param live whether samples that come too late are skipped; if not, all of them are played
     */
    record StreamedBed(URI address, boolean live) implements SourceContent {}

    /** A sound of the library, played once. */
    record Earcon(SoundName sound) implements SourceContent {}

    /** A text that an engine speaks beside the speech of the channel. */
    record SpokenText(SpeechRequest request) implements SourceContent {}

    /** Silence without an end: it keeps the mixing stage on. */
    record Silence() implements SourceContent {}
}
