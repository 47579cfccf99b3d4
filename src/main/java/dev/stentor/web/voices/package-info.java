/**
 * The HTTP API over voices: lists, cloning, design, deletion, samples.
 * May use: web.edge, speech.voices, speech.qwen, speech, audio, usage; libraries: Spring, Reactor, Jackson.
 */
@NullMarked
package dev.stentor.web.voices;

import org.jspecify.annotations.NullMarked;
