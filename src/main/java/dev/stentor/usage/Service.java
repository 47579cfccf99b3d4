package dev.stentor.usage;

/**
 * A speaker of texts as usage is told apart by it.
 *
 * @param model name of the model
 * @param upstream name of the service or engine; {@link #ARCHIVE} if it was not spoken again
 */
public record Service(String model, String upstream) {

    /** Name in place of the service for what was played from a recording, or together with an equal request. */
    static final String ARCHIVE = "archive";
}
