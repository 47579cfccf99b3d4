package dev.stentor.source;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sounds that lie ready; those that were not asked for the longest go first. Thread-safe by its lock, held for moments only. */
final class SoundCache {

    private final long maxSamples;
    private final Map<Key, StoredSound> sounds = new LinkedHashMap<>(16, 0.75f, true);
    private long samples;

    /**
     * What is kept.
     *
     * @param version changes when the file does
     */
    record Key(SoundName name, String version) {}

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

    synchronized long samples() {
        return samples;
    }
}
