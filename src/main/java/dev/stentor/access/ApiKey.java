package dev.stentor.access;

import dev.stentor.usage.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An API key as the gateway knows it. It is configured by a line such as {@code studio sha256:… listen=* speak=lobby channels=2}.
 *
 * @param name the caller's name, in logs; several keys may have the same one, so that one can replace another
 * @param limits limits of its caller: those of the line, else those of all keys
 */
record ApiKey(String name, SecretHash hash, Rights rights, Limits limits) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final String ALGORITHM = "sha256:";

    /** Reads a line; throws {@link IllegalArgumentException}, which quotes nothing of it but the name, if it is wrong. */
    static ApiKey parse(String line, Limits ofAllKeys) {
        List<String> words = Arrays.asList(SPACES.split(line.strip()));
        String name = requireName(words.getFirst());
        if (words.size() < 2 || !words.get(1).startsWith(ALGORITHM)) {
            throw new IllegalArgumentException("the key " + name
                    + " is not written as NAME sha256:DIGITS listen=PATTERN …; make one with --new-key=" + name
                    + ", and keep its hash here, never the key itself");
        }
        try {
            SecretHash hash = SecretHash.parse(words.get(1).substring(ALGORITHM.length()));
            Map<Boolean, List<String>> rest =
                    words.subList(2, words.size()).stream().collect(Collectors.partitioningBy(Limits::isOne));
            Rights rights = Rights.parse(rest.getOrDefault(false, List.of()), '=');
            if (rights.isEmpty()) {
                throw new IllegalArgumentException("it has no right; add listen=*, speak=* or manage=*");
            }
            return new ApiKey(name, hash, rights, ofAllKeys.with(rest.getOrDefault(true, List.of())));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("the key " + name + " is wrong: " + wrong.getMessage(), wrong);
        }
    }

    /** Checks a name; the message does not quote a wrong one, which may be a key in the wrong place. */
    static String requireName(String name) {
        if (!NAME.matcher(name).matches() || Secrets.isKey(name)) {
            throw new IllegalArgumentException(
                    "a key's name has 1 to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit");
        }
        return name;
    }
}
