package dev.stentor.source;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cache of sounds in memory, which drops the least recently used ones first. Thread-safe by its lock, held for moments only.
 */
final class SoundCache {

    private final long maxSamples;
    private final Map<Key, StoredSound> sounds = new LinkedHashMap<>(16, 0.75f, true);
    private long samples;

    /**
     * The key of a sound.
     *
     * @param version changes when the file changes
     */
    record Key(SoundName name, String version) {}

    /** @param maxSamples number of samples that are kept; a single sound may have more */
    SoundCache(long maxSamples) {
        this.maxSamples = maxSamples;
    }

    synchronized Optional<StoredSound> find(Key key) {
        return Optional.ofNullable(sounds.get(key));
    }

    synchronized void put(Key key, StoredSound sound) {
        StoredSound before = sounds.put(key, sound);
        samples += sound.sound().length() - (before == null ? 0 : before.sound().length());
        Iterator<StoredSound> oldest = sounds.values().iterator();
        while (samples > maxSamples && sounds.size() > 1) {
            samples -= oldest.next().sound().length();
            oldest.remove();
        }
    }

    /** Returns the number of samples in the cache. */
    synchronized long samples() {
        return samples;
    }
}
