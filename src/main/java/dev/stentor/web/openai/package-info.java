/** The OpenAI speech API over any engine. May use speech.qwen, speech, codec, audio and web.edge; Spring WebFlux. */
@NullMarked
package dev.stentor.web.openai;

import org.jspecify.annotations.NullMarked;
