/**
 * Finished utterances as WAV files for a day, and the cache before an engine that comes of it. May use speech and audio; plain Java
 * and Reactor.
 */
@NullMarked
package dev.stentor.archive;

import org.jspecify.annotations.NullMarked;
