package dev.stentor.channel;

import java.util.List;

/**
 * Text that was written to an open utterance, behind its beginning.
 *
 * @param pieces in their order
 * @param ended whether no more comes
 */
public record WrittenText(List<String> pieces, boolean ended) {

    public WrittenText {
        pieces = List.copyOf(pieces);
    }
}
