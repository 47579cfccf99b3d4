/**
 * The API of the sources that are mixed in beside the speech of a channel, and of the sounds of the library. Has records and
 * handlers only.
 * May use: web.edge, channel, source, mix, speech, audio, usage; libraries: Spring, Reactor, Jackson.
 */
@NullMarked
package dev.stentor.web.sources;

import org.jspecify.annotations.NullMarked;
