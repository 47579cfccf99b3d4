/** The OpenAI-compatible speech API over any engine. May use web.edge, speech, codec and audio; Spring WebFlux. */
@NullMarked
package dev.stentor.web.openai;

import org.jspecify.annotations.NullMarked;
