/**
 * The gateway's own API over channels: data records and handlers, nothing else.
 * May use: web.edge, channel, broadcast, mix, speech, audio, usage; libraries: Spring, Reactor, Reactor Netty, Jackson.
 */
@NullMarked
package dev.stentor.web.channels;

import org.jspecify.annotations.NullMarked;
