package de.dfki.lt.tools.tokenizer.annotate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one implementation. Each call of {@link #annotate} makes a run of its own, even beside an equal one: two words without a
 * blank between them stay two. Confined to one thread.
 */
public final class FastAnnotatedString implements AnnotatedString {

    private final String text;
    private final Map<String, Runs> runsByKey = new HashMap<>();
    private int position;

    /** The text, without any mark. */
    public FastAnnotatedString(String text) {
        this.text = text;
    }

    /** Marks the characters from one index to another, exclusive. */
    public void annotate(String key, Object mark, int from, int to) {
        runsByKey.computeIfAbsent(key, _ -> new Runs(text.length())).mark(mark, from, to);
    }

    @Override
    public char setIndex(int index) {
        position = index;
        return index < text.length() ? text.charAt(index) : DONE;
    }

    @Override
    public int getRunStart(String key) {
        Runs runs = runsByKey.get(key);
        return runs == null ? 0 : runs.starts.previousSetBit(position);
    }

    @Override
    public int getRunLimit(String key) {
        Runs runs = runsByKey.get(key);
        int next = runs == null ? -1 : runs.starts.nextSetBit(position + 1);
        return next < 0 ? text.length() : next;
    }

    @Override
    public @Nullable Object getAnnotation(String key) {
        Runs runs = runsByKey.get(key);
        return runs == null || position >= text.length() ? null : runs.marks[position];
    }

    @Override
    public String substring(int from, int to) {
        return text.substring(from, to);
    }

    private static final class Runs {

        private final @Nullable Object[] marks;
        private final BitSet starts = new BitSet();

        Runs(int length) {
            marks = new @Nullable Object[length];
            starts.set(0);
        }

        void mark(Object mark, int from, int to) {
            Arrays.fill(marks, from, to, mark);
            starts.set(from);
            starts.set(to);
        }
    }
}
