package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import java.util.TreeMap;

/** The caption of the sound that is heard: captions wait for their sample. Confined to the clock's thread. */
final class HeardCaption {

    private static final String NONE = "";

    /** Captions to come, by the position of their first sample. */
    private final TreeMap<Long, String> coming = new TreeMap<>();

    private String now = NONE;

    void on(ChannelEvent event) {
        switch (event) {
            case Caption caption -> coming.put(caption.pos(), caption.text());
            case UtteranceEnded ended
            when ended.reason() != Reason.CLEARED ->
                ended.spans().stream()
                        .mapToLong(span -> span.pos() + span.samples())
                        .max()
                        .ifPresent(end -> coming.putIfAbsent(end, NONE));
            case SpeechCleared cleared -> {
                coming.clear();
                coming.put(cleared.pos(), NONE);
            }
            default -> {}
        }
    }

    /** Returns the caption that is heard with a frame; empty if there is none. Frames must come in order. */
    String with(Audio frame) {
        long end = frame.pos() + frame.samples();
        while (!coming.isEmpty() && coming.firstKey() < end) {
            now = coming.pollFirstEntry().getValue();
        }
        return now;
    }
}
