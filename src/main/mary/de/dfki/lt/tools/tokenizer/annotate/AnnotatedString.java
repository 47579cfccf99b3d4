package de.dfki.lt.tools.tokenizer.annotate;

import org.jspecify.annotations.Nullable;

/** A text with a reading position and, by key, runs of marked characters. Names and signatures are those that MaryTTS calls. */
public interface AnnotatedString {

    /** What {@link #setIndex} answers at the end of the text. */
    char DONE = '\uffff';

    /** Moves the reading position; gives the character there, or {@link #DONE} at the end. */
    char setIndex(int index);

    /** Where the run of this key begins that holds the reading position. */
    int getRunStart(String key);

    /** Where the run of this key ends that holds the reading position, exclusive. */
    int getRunLimit(String key);

    /** The mark at the reading position; null if there is none. */
    @Nullable Object getAnnotation(String key);

    /** The characters from one index to another, exclusive. */
    String substring(int from, int to);
}
