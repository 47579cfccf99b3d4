/**
 * The sources that can be mixed in: files, uploads, streams over HTTP, and speech beside the speech of a channel; read once, at
 * the rate of a channel.
 * May use: mix, speech, codec, audio; libraries: Reactor, Reactor Netty, Netty.
 */
@NullMarked
package dev.stentor.source;

import org.jspecify.annotations.NullMarked;
