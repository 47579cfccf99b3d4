package dev.stentor.speech.phonemes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary in two arrays, the words in the order of their bytes: 90,000 words take about 3 MB, and no object each. Immutable.
 */
final class WordStore {

    private static final byte END = 0;

    /** Each word, a zero, what it means, a zero; in UTF-8. */
    private final byte[] bytes;

    /** Where each word begins in {@link #bytes}. */
    private final int[] starts;

    /** Copies a map; neither words nor what they mean may hold U+0000. */
    WordStore(Map<String, String> words) {
        SortedMap<byte[], String> sorted = new TreeMap<>(Arrays::compareUnsigned);
        words.forEach((word, meaning) -> sorted.put(utf8(word), meaning));
        var blob = new ByteArrayOutputStream();
        this.starts = new int[sorted.size()];
        int n = 0;
        for (Map.Entry<byte[], String> entry : sorted.entrySet()) {
            starts[n++] = blob.size();
            blob.writeBytes(entry.getKey());
            blob.write(END);
            blob.writeBytes(utf8(entry.getValue()));
            blob.write(END);
        }
        this.bytes = blob.toByteArray();
    }

    /** Returns what a word means; null if it is not there. */
    @Nullable String find(String word) {
        byte[] wanted = utf8(word);
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int start = starts[middle];
            int end = end(start);
            int order = Arrays.compareUnsigned(bytes, start, end, wanted, 0, wanted.length);
            if (order == 0) {
                return new String(bytes, end + 1, end(end + 1) - end - 1, StandardCharsets.UTF_8);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    private int end(int start) {
        int end = start;
        while (bytes[end] != END) {
            end++;
        }
        return end;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
