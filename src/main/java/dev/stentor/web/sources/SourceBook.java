package dev.stentor.web.sources;

import dev.stentor.channel.ChannelName;
import dev.stentor.channel.MixStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the sources of each channel were made of, as long as they are there. Thread-safe. */
final class SourceBook {

    private final Map<ChannelName, Map<String, Made>> channels = new ConcurrentHashMap<>();

    void put(ChannelName channel, String name, Made made) {
        channels.computeIfAbsent(channel, _ -> new ConcurrentHashMap<>()).put(name, made);
    }

    Optional<Made> find(ChannelName channel, String name) {
        return Optional.ofNullable(channels.getOrDefault(channel, Map.of()).get(name));
    }

    /** Forgets what is not there any more. */
    void keep(ChannelName channel, MixStatus status) {
        Set<String> names =
                status.sources().stream().map(MixStatus.SourceStatus::name).collect(Collectors.toSet());
        channels.computeIfPresent(channel, (_, sources) -> {
            sources.keySet().retainAll(names);
            return sources.isEmpty() ? null : sources;
        });
    }

    /** Forgets channels that are gone. */
    void keepChannels(Predicate<ChannelName> there) {
        channels.keySet().removeIf(there.negate());
    }
}
