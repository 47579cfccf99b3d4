/**
 * The Qwen-TTS service over server-sent events, and the voices made for it.
 * May use: speech.http, speech.voices, speech, audio; libraries: Reactor, Reactor Netty, Netty, Jackson.
 */
@NullMarked
package dev.stentor.speech.dashscope;

import org.jspecify.annotations.NullMarked;
