package dev.stentor.channel;

import dev.stentor.mix.Input;
import dev.stentor.mix.Mixer;
import dev.stentor.mix.SourceOrigin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The mix of a channel as another process would go on with it. Confined to the clock's thread. */
final class KeptMix {

    private static final Source.Start AT_ONCE = new Source.Start.After(Duration.ZERO);

    private final ChannelKeeper keeper;
    private final Mixer mixer;
    /** Samples that sources left out at their beginning, since an earlier life of the channel had played them; by origin. */
    private final Map<SourceOrigin, Long> skipped = new WeakHashMap<>();

    private MixSettings settings = MixSettings.DEFAULT;
    private List<KeptSource> sources = List.of();

    KeptMix(ChannelKeeper keeper, Mixer mixer) {
        this.keeper = keeper;
        this.mixer = mixer;
    }

    /**
     * Keeps how the channel mixes, if that is not kept yet.
     *
     * @param on whether its sound is a mix
     * @param pos position of the next frame
     */
    void keep(MixSettings nowSettings, SourceRegistry all, boolean on, long pos) {
        List<KeptSource> now = all.isEmpty()
                ? List.of()
                : all.stream()
                        .map(source -> kept(source.getKey(), source.getValue(), on, pos))
                        .toList();
        if (!nowSettings.equals(settings) || !now.equals(sources)) {
            settings = nowSettings;
            sources = now;
            keeper.mix(nowSettings, now);
        }
    }

    /** Returns a source that begins where a kept one had come to at that position. */
    Source goingOn(KeptSource kept, Source source, long pos) {
        Long began = kept.beganPos();
        long past = began == null ? 0 : Math.max(0, pos - began);
        skipped.put(source.origin(), past);
        return new Source(
                () -> {
                    Input input = source.input().get();
                    input.skip(past);
                    return input;
                },
                source.settings(),
                source.start(),
                source.loudnessLufs(),
                source.origin());
    }

    private KeptSource kept(String name, Source source, boolean on, long pos) {
        long mixed = on ? mixer.mixed(name) : -1;
        @Nullable Long began = mixed < 0 ? null : Long.valueOf(pos - mixed - skipped.getOrDefault(source.origin(), 0L));
        boolean waits = began == null && !source.start().equals(AT_ONCE);
        return new KeptSource(name, waits ? null : source.origin().recipe().orElse(null), source.settings(), began);
    }
}
