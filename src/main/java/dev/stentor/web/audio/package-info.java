/** The HTTP API over finished recordings: a handler, nothing else. May use web.edge and archive; Spring WebFlux. */
@NullMarked
package dev.stentor.web.audio;

import org.jspecify.annotations.NullMarked;
