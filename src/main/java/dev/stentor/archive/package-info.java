/**
 * The archive: finished utterances as WAV files for a day, and the engine that plays them again.
 * May use: speech, audio; libraries: Reactor, SLF4J.
 */
@NullMarked
package dev.stentor.archive;

import org.jspecify.annotations.NullMarked;
