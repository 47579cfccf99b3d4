package dev.stentor.channel;

import java.util.List;

/**
 * What an order to be silent did.
 *
 * @param generation of everything that is spoken from now on
 * @param pos the first sample of it
 * @param utterances those that were cleared, in their order, as they stand now; with an estimate of what was heard of each
 */
public record ClearResult(int generation, long pos, List<Utterance> utterances) {

    public ClearResult {
        utterances = List.copyOf(utterances);
    }
}
