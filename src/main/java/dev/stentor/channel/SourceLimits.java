package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.mix.SoundClip;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The bounds of sources: how many one channel has, and how much sound the sources of all channels hold in memory. Confined to the clock's
 * thread.
 */
final class SourceLimits {

    /** Largest number of sources of one channel. */
    static final int MAX_SOURCES = 16;

    private final Duration maxSound;
    private final Supplier<Stream<Source>> all;

    /**
     * Creates the bounds that the channels of one process share.
     *
     * @param maxSound length of all sounds in memory together; a sound that several sources play counts once
     * @param all the sources of all channels now
     */
    SourceLimits(Duration maxSound, Supplier<Stream<Source>> all) {
        this.maxSound = maxSound;
        this.all = all;
    }

    /** Throws {@link ChannelException} if a channel with these sources cannot take another, or none with such a long sound. */
    void check(SourceRegistry sources, String name, Source added) {
        if (sources.size() >= MAX_SOURCES && sources.find(name).isEmpty()) {
            throw new ChannelException(ChannelRefusal.tooManySources(MAX_SOURCES));
        }
        added.origin().clip().ifPresent(this::checkSound);
    }

    private void checkSound(SoundClip added) {
        Set<SoundClip> clips = Collections.newSetFromMap(new IdentityHashMap<>());
        clips.add(added);
        all.get().flatMap(source -> source.origin().clip().stream()).forEach(clips::add);
        if (clips.stream().mapToLong(SoundClip::length).sum() > SpeechTime.samples(maxSound)) {
            throw new ChannelException(ChannelRefusal.tooMuchSourceSound(maxSound));
        }
    }
}
