package dev.stentor;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The rule that sound units have one home: nobody outside {@code audio} writes the samples of a second, a millisecond or a frame as a
 * number. Looks at code only, not at comments and strings. A bare 24 is no literal of sound unless it multiplies, divides, or is given to a
 * constant that is named for samples or milliseconds: a header may have 24 bytes. Stateless.
 */
final class SoundLiterals {

    private static final String END = "(?:\\.0)?[LlFfDd]?(?![\\w.])";

    private static final Pattern LITERAL = Pattern.compile("(?<![\\w.])(?:24_?000|480|960)" + END
            + "|[*/%]\\s*24" + END
            + "|(?<![\\w.])24(?:\\.0)?[LlFfDd]?\\s*[*/%]"
            + "|\\w*(?:SAMPLES|MILLI)\\w*\\s*=\\s*24" + END);

    private SoundLiterals() {}

    /** Lists the literals of all files outside {@code audio}. */
    static List<Place> in(List<JavaSource> sources) {
        return sources.stream()
                .filter(source -> !source.room().equals("audio"))
                .flatMap(source -> LITERAL.matcher(source.code()).results().map(found -> source.place(found.start())))
                .distinct()
                .toList();
    }
}
