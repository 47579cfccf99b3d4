package dev.stentor.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The rights of a caller: for each action the channels for which it is allowed. Immutable.
 *
 * @param channels patterns of channels by action; an action without an entry is not allowed anywhere
 */
public record Rights(Map<Action, List<ChannelPattern>> channels) {

    /** Allows nothing. */
    static final Rights NONE = new Rights(Map.of());

    private static final List<Action> GRANTED = List.of(Action.LISTEN, Action.SPEAK, Action.MANAGE);

    public Rights {
        channels = Map.copyOf(channels);
    }

    /** Returns the right to everything. */
    static Rights all() {
        return of(List.of("*"), List.of("*"), List.of("*"));
    }

    /** Creates rights from patterns of channels for each action. */
    public static Rights of(Collection<String> listen, Collection<String> speak, Collection<String> manage) {
        var channels = new EnumMap<Action, List<ChannelPattern>>(Action.class);
        put(channels, Action.LISTEN, listen);
        put(channels, Action.SPEAK, speak);
        put(channels, Action.MANAGE, manage);
        return new Rights(channels);
    }

    /**
     * Reads rights written as words, each an action, a separator and a pattern, such as {@code listen=lobby}. Throws {@link
     * IllegalArgumentException}, which quotes no word, if one is not understood.
     */
    static Rights parse(Collection<String> words, char separator) {
        var channels = new EnumMap<Action, List<ChannelPattern>>(Action.class);
        for (String word : words) {
            int end = word.indexOf(separator);
            Action action = GRANTED.stream()
                    .filter(granted -> end > 0 && name(granted).equals(word.substring(0, end)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("a right is written as listen" + separator
                            + "PATTERN, speak" + separator + "PATTERN or manage" + separator + "PATTERN"));
            channels.merge(action, List.of(ChannelPattern.of(word.substring(end + 1))), Rights::joined);
        }
        return new Rights(channels);
    }

    /** Tells whether the action is allowed there. */
    boolean permits(Action action, Reach reach) {
        if (action == Action.BROWSE) {
            return !isEmpty();
        }
        List<ChannelPattern> patterns = channels.getOrDefault(action, List.of());
        return switch (reach) {
            case Reach.OneChannel(String name) -> patterns.stream().anyMatch(pattern -> pattern.matches(name));
            case Reach.AllChannels _ -> patterns.stream().anyMatch(ChannelPattern::matchesAll);
            case Reach.SomeChannel _ -> !patterns.isEmpty();
        };
    }

    /** Tells whether nothing is allowed. */
    public boolean isEmpty() {
        return channels.isEmpty();
    }

    private static void put(Map<Action, List<ChannelPattern>> channels, Action action, Collection<String> globs) {
        if (!globs.isEmpty()) {
            channels.put(action, globs.stream().map(ChannelPattern::of).toList());
        }
    }

    private static List<ChannelPattern> joined(List<ChannelPattern> some, List<ChannelPattern> more) {
        return Arrays.asList(some, more).stream().flatMap(List::stream).toList();
    }

    private static String name(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
