package dev.stentor.speech.neural;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The symbols that the graph knows, and their numbers. Immutable. */
final class Vocabulary {

    /** Most symbols of one call: the graph's own limit is 510, and melody suffers before. */
    static final int MOST = 400;

    private static final String ENGLISH = " ;:,.!?—…\"()“”ˈˌAIOQTWYabdefhijklmnopqrstuvwxyzæðŋɐɑɒɔəɚɛɜɡɪɹɾʃʊʌʒʔʤʧθᵊᵻː";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<Integer, Long> numbers = new HashMap<>();

    private Vocabulary() {}

    /** Returns one in which the number of each symbol of the English front ends is its code point. */
    static Vocabulary ofCodePoints() {
        var vocabulary = new Vocabulary();
        ENGLISH.codePoints().forEach(symbol -> vocabulary.numbers.put(symbol, (long) symbol));
        return vocabulary;
    }

    /** Reads a file with the member {@code vocab}, which maps symbols to numbers. */
    Vocabulary(Path file) throws IOException, UnusableVoice {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode vocab = JSON.readTree(in).path("vocab");
            vocab.properties()
                    .forEach(symbol -> numbers.put(
                            symbol.getKey().codePointAt(0), symbol.getValue().asLong()));
        } catch (JacksonException e) {
            throw new UnusableVoice(file + " is no vocabulary.", e);
        }
        if (!numbers.containsKey((int) ' ') || !numbers.containsKey((int) '.')) {
            throw new UnusableVoice(file + " is no vocabulary: it lacks the blank or the full stop.");
        }
    }

    /**
     * Returns a text of symbols as numbers, in parts that one call can take. Symbols that are not known are left out. A part ends at a
     * sign or a blank where there is one.
     */
    List<SymbolNumbers> numbers(String symbols) {
        int[] places = IntStream.range(0, symbols.length())
                .filter(at -> numbers.containsKey(symbols.codePointAt(at)))
                .toArray();
        int[] known = IntStream.of(places).map(symbols::codePointAt).toArray();
        var parts = new ArrayList<SymbolNumbers>();
        int from = 0;
        while (from < known.length) {
            int to = known.length - from <= MOST ? known.length : cut(known, from);
            parts.add(new SymbolNumbers(numbers(known, from, to), Arrays.copyOfRange(places, from, to)));
            from = to;
        }
        return parts;
    }

    /** Returns the end of a part: behind the last sign in its second half, else behind the last blank, else as far as may be. */
    private static int cut(int[] symbols, int from) {
        int blank = -1;
        for (int to = from + MOST; to > from + MOST / 2; to--) {
            if (".,!?;:—…".indexOf(symbols[to - 1]) >= 0) {
                return to;
            }
            blank = blank < 0 && symbols[to - 1] == ' ' ? to : blank;
        }
        return blank < 0 ? from + MOST : blank;
    }

    private long[] numbers(int[] symbols, int from, int to) {
        long[] part = new long[to - from];
        for (int n = from; n < to; n++) {
            part[n - from] = numbers.getOrDefault(symbols[n], 0L);
        }
        return part;
    }
}
