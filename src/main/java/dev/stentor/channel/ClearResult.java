package dev.stentor.channel;

import java.util.List;

/**
 * The result of a {@link ClearRequest}.
 *
 * @param generation of everything that is spoken from now on
 * @param pos position of the first sample of that generation
 * @param utterances the cleared utterances in their order, as they are now; with an estimate of how much was heard of each
 */
public record ClearResult(int generation, long pos, List<Utterance> utterances) {

    public ClearResult {
        utterances = List.copyOf(utterances);
    }
}
