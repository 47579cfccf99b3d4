package dev.stentor.web.sources;

import dev.stentor.channel.Channel;
import dev.stentor.channel.MixStatus;
import dev.stentor.mix.SoundClip;
import dev.stentor.speech.SpeechFailure;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the sources of each channel were made of, as long as they are there; those that failed, until others take their names. A channel
 * of the same name that is made anew has a page of its own. Thread-safe.
 */
final class SourceBook {

    private static final int MOST_FAILED = 16;

    private final Map<Channel, Page> channels = new ConcurrentHashMap<>();

    /** A source that could not be spoken. */
    record Failed(String name, SpeechFailure failure) {}

    private static final class Page {

        private final Map<String, Made> there = new LinkedHashMap<>();
        private final Map<String, SpeechFailure> failed = new LinkedHashMap<>();

        synchronized void put(String name, Made made) {
            failed.remove(name);
            there.put(name, made);
        }

        synchronized Optional<Made> find(String name) {
            return Optional.ofNullable(there.get(name));
        }

        synchronized boolean forget(String name) {
            Made made = there.remove(name);
            return failed.remove(name) != null || (made != null && made.failure() != null);
        }

        synchronized List<Failed> failed() {
            return failed.entrySet().stream()
                    .map(entry -> new Failed(entry.getKey(), entry.getValue()))
                    .toList();
        }

        synchronized void keep(Set<String> names) {
            there.forEach((name, made) -> {
                SpeechFailure failure = made.failure();
                if (failure != null && !names.contains(name)) {
                    failed.put(name, failure);
                }
            });
            there.entrySet().removeIf(entry -> entry.getValue().isPutIn() && !names.contains(entry.getKey()));
            while (failed.size() > MOST_FAILED) {
                failed.remove(failed.keySet().iterator().next());
            }
        }

        synchronized void addSounds(Set<SoundClip> all) {
            there.values().forEach(made -> {
                SoundClip sound = made.sound();
                if (sound != null) {
                    all.add(sound);
                }
            });
        }

        synchronized boolean isEmpty() {
            return there.isEmpty() && failed.isEmpty();
        }
    }

    void put(Channel channel, String name, Made made) {
        channels.compute(channel, (_, known) -> {
            Page page = known == null ? new Page() : known;
            page.put(name, made);
            return page;
        });
    }

    Optional<Made> find(Channel channel, String name) {
        return Optional.ofNullable(channels.get(channel)).flatMap(page -> page.find(name));
    }

    /** Those that failed, the latest last. */
    List<Failed> failed(Channel channel) {
        Page page = channels.get(channel);
        return page == null ? List.of() : page.failed();
    }

    /** Nobody wants to know any more that it failed; says whether it did. */
    boolean forget(Channel channel, String name) {
        Page page = channels.get(channel);
        return page != null && page.forget(name);
    }

    /** Forgets what is not there any more, but for how it failed. */
    void keep(Channel channel, MixStatus status) {
        Set<String> names =
                status.sources().stream().map(MixStatus.SourceStatus::name).collect(Collectors.toSet());
        channels.computeIfPresent(channel, (_, page) -> {
            page.keep(names);
            return page.isEmpty() ? null : page;
        });
    }

    /** How many samples all sources hold in memory, and that sound with them; one that several play counts once. */
    long samplesWith(SoundClip sound) {
        Set<SoundClip> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.add(sound);
        channels.values().forEach(page -> page.addSounds(all));
        return all.stream().mapToLong(SoundClip::length).sum();
    }

    /** Those that have, or had, sources. */
    List<Channel> channels() {
        return List.copyOf(channels.keySet());
    }

    /** Forgets channels that are gone. */
    void keepChannels(Predicate<Channel> there) {
        channels.keySet().removeIf(there.negate());
    }
}
