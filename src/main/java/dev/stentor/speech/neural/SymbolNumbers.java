package dev.stentor.speech.neural;

/**
 * Symbols as numbers, as many as one call of the graph takes. Confined to one thread.
 *
 * @param numbers one for each symbol
 * @param places index of each symbol in the text of symbols, in order
 */
@SuppressWarnings("ArrayRecordComponent") // made and used within one call; never compared
record SymbolNumbers(long[] numbers, int[] places) {

    /** Returns the index of the first symbol that stands at a place or behind it; their number if there is none. */
    int indexOf(int place) {
        int index = 0;
        while (index < places.length && places[index] < place) {
            index++;
        }
        return index;
    }
}
