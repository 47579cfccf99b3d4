package dev.stentor.web.channels;

import java.util.List;

/**
 * What a clear did, as the API shows it.
 *
 * @param gen the generation of everything that is spoken from now on
 * @param pos its first sample
 * @param utterances those that were cleared, with what was heard of each
 */
record ClearResultView(int gen, long pos, List<UtteranceView> utterances) {}
