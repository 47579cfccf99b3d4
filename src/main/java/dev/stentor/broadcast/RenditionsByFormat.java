package dev.stentor.broadcast;

import dev.stentor.clock.TickClock;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The renditions of one broadcast: PCM all the time, and Opus while somebody listens to it, and some time after that. Confined to the
 * clock's thread, besides the bit rate.
 */
final class RenditionsByFormat {

    private static final Duration LINGER = Duration.ofSeconds(30);
    private static final long LONGEST_PAST_MICROS = 30_000_000;

    private final TickClock clock;
    private final ByteBufAllocator allocator;
    private final BroadcastStats stats;
    private final Rendition pcm;
    private volatile SoundEncoding encoding;
    private StreamParameters parameters;
    private boolean released;
    /** The rendition in Opus; null while nobody listens to it. */
    private @Nullable OpusRendition opus;

    /**
     * Creates the rendition in PCM.
     *
     * @param start where its entries begin
     */
    RenditionsByFormat(
            StreamParameters parameters,
            SoundEncoding encoding,
            TickClock clock,
            ByteBufAllocator allocator,
            BroadcastStats stats,
            BroadcastStart start) {
        this.parameters = parameters;
        this.encoding = encoding;
        this.clock = clock;
        this.allocator = allocator;
        this.stats = stats;
        this.pcm = new Rendition(parameters, clock, stats, start.firstSeq(), start.before());
    }

    /** Returns the entries in PCM that are kept. */
    EntryRing past() {
        return pcm.ring();
    }

    /** Returns the generation of the next frame. */
    int generation() {
        return past().before(past().nextSeq()).generation();
    }

    /** Adds an entry to each rendition, and takes over the reference of the caller. */
    void add(Entry entry) {
        pcm.add(entry);
        if (opus != null) {
            opus.on(entry);
        }
    }

    /** Hands on the entries that have gathered, unless they may wait. */
    void flush() {
        if (released) {
            return; // what had gathered went with its memory
        }
        pcm.flush(); // no stream: this runs in each tick
        if (opus != null) {
            opus.flush();
        }
    }

    /** Returns the audience of each rendition. */
    Stream<Audience> audiences() {
        return Stream.of(pcm, opus).filter(Objects::nonNull);
    }

    /** Returns after how many ticks released sound is sent to a listener. */
    int ticksUntilSent(long nowMicros) {
        int ticks = pcm.ticksUntilSent(nowMicros);
        return opus == null ? ticks : Math.min(ticks, opus.ticksUntilSent(nowMicros));
    }

    /** Treats listeners in another way from now on. */
    void follow(StreamParameters newParameters) {
        parameters = newParameters;
        audiences().forEach(audience -> audience.follow(newParameters));
    }

    /** Sets the encoding of the next rendition in Opus. One that exists keeps its own. */
    void encodeBy(SoundEncoding newEncoding) {
        encoding = newEncoding;
    }

    /** Returns the bit rate of sound in Opus, in bit/s; from any thread. */
    int opusBitrate() {
        return encoding.opus().bitsPerSecond();
    }

    /** Returns the audience of a format, whose rendition begins if there is none. */
    Audience of(Format format) {
        return switch (format) {
            case PCM -> pcm;
            case OPUS -> opus();
        };
    }

    /** Removes a listener. If it was the last one in Opus, that rendition ends after a while. */
    void dismiss(Listener listener, Audience audience) {
        audience.dismiss(listener);
        if (audience == opus && opus.isDeserted()) {
            var _ = clock.after(LINGER, () -> endIfDeserted(audience));
        }
    }

    /** Releases all entries. */
    void release() {
        released = true;
        audiences().forEach(Audience::release);
        opus = null;
    }

    /**
     * Returns the rendition in Opus. It begins with the past that PCM keeps, so a listener that comes from there misses
     * nothing.
     */
    private OpusRendition opus() {
        if (opus == null) {
            EntryRing past = pcm.ring();
            long first = past.firstSeq();
            while (past.holds(first) && past.get(first).releasedMicros() < clock.micros() - LONGEST_PAST_MICROS) {
                first++;
            }
            opus = new OpusRendition(parameters.in(Format.OPUS), encoding, clock, allocator, stats, past, first);
        }
        return opus;
    }

    private void endIfDeserted(Audience audience) {
        if (audience == opus && opus.isDeserted()) {
            opus.release();
            opus = null;
        }
    }
}
