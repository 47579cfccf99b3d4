package dev.stentor;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rule for the first word of a Javadoc sentence: it is a verb for a method and a noun for a type; some words are neither.
 * Only the text before the block tags is read. Stateless.
 */
final class Prose {

    /** First words that make a sentence a riddle. */
    private static final Set<String> RIDDLES = Set.of("What", "Who", "Whom", "Whose", "Those", "None", "Of");

    private Prose() {}

    /**
     * A sentence of a Javadoc block.
     *
     * @param place the block's, with the sentence as its text
     * @param first whether it is the first of its block
     */
    record Sentence(Place place, boolean first) {

        /** Tells whether the sentence opens with a word that makes a reader read it twice. */
        boolean isRiddle() {
            return RIDDLES.contains(place.text().split("[^\\p{L}]", 2)[0]);
        }
    }

    /** Lists the sentences of all Javadoc blocks. */
    static List<Sentence> in(List<JavaSource> sources) {
        return sources.stream()
                .flatMap(source -> source.javadocs().stream().flatMap(javadoc -> sentences(source, javadoc)))
                .toList();
    }

    private static Stream<Sentence> sentences(JavaSource source, JavaSource.Javadoc javadoc) {
        String description = javadoc.text().split("(?m)^@", 2)[0];
        List<String> sentences = Stream.of(description.split("(?<=[.!?])\\s+(?=[A-Z<{])|<p>|<li>"))
                .map(sentence -> sentence.replaceAll("\\s+", " ")
                        .replaceAll("<[^>]*>", "")
                        .strip())
                .filter(sentence -> !sentence.isEmpty())
                .toList();
        return java.util.stream.IntStream.range(0, sentences.size())
                .mapToObj(i -> new Sentence(new Place(source.path(), javadoc.line(), sentences.get(i)), i == 0));
    }
}
