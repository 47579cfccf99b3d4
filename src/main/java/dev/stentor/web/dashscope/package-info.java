/**
 * The DashScope-compatible API over any engine, and its voice-making passed on to the service.
 * May use: web.edge, speech.voices, speech.qwen, speech, audio, usage; libraries: Spring, Reactor, Jackson, SLF4J.
 */
@NullMarked
package dev.stentor.web.dashscope;

import org.jspecify.annotations.NullMarked;
