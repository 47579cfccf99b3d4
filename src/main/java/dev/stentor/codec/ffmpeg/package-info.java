/** AAC by the FFmpeg that the operator names: sound in, frames out. May use: program, audio; libraries: Reactor, SLF4J. */
@NullMarked
package dev.stentor.codec.ffmpeg;

import org.jspecify.annotations.NullMarked;
