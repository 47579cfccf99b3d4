package dev.stentor.speech.neural;

/** Whether the natural voice speaks. */
public sealed interface NaturalState {

    /** It is being loaded. */
    record Starting() implements NaturalState {}

    /**
     * It speaks.
     *
     * @param streams number of texts that it speaks at once
     * @param figures what the warm-up measured
     */
    record Speaking(int streams, NaturalFigures figures) implements NaturalState {}

    /**
     * It does not speak, and will not before the next start, unless the machine was only busy.
     *
     * @param reason a sentence for the operator
     */
    record Absent(String reason) implements NaturalState {}
}
