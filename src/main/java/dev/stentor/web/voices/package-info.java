/** The HTTP API over voices: lists, cloning, design, deletion, samples. May use web.edge, speech and audio; Spring WebFlux. */
@NullMarked
package dev.stentor.web.voices;

import org.jspecify.annotations.NullMarked;
