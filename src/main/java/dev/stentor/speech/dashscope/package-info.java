/**
 * Qwen-TTS over server-sent events, and the voices that are made for it. May use speech.http, speech and audio; Reactor Netty's
 * client and Jackson.
 */
@NullMarked
package dev.stentor.speech.dashscope;

import org.jspecify.annotations.NullMarked;
