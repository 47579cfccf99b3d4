package dev.stentor.web.channels;

import java.util.List;

/**
 * The JSON form of the result of a clear.
 *
 * @param gen generation of everything that is spoken from now on
 * @param pos first sample of that generation, on the channel's timeline
 * @param utterances utterances that were cleared, each with how much of it was heard
 */
record ClearResultView(int gen, long pos, List<UtteranceView> utterances) {}
