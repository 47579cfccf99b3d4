/** The HTTP API over finished recordings: a handler, nothing else. May use: web.edge, archive; libraries: Spring, Reactor. */
@NullMarked
package dev.stentor.web.audio;

import org.jspecify.annotations.NullMarked;
