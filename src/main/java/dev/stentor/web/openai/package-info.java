/**
 * The OpenAI-compatible speech API over any engine.
 * May use: web.edge, speech.qwen, speech, codec.ffmpeg, codec, audio, usage; libraries: Spring, Reactor, Jackson, SLF4J.
 */
@NullMarked
package dev.stentor.web.openai;

import org.jspecify.annotations.NullMarked;
