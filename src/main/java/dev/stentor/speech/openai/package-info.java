/**
 * Any server with OpenAI's speech API.
 * May use: speech.http, speech, audio; libraries: Reactor, Reactor Netty, Netty, Jackson.
 */
@NullMarked
package dev.stentor.speech.openai;

import org.jspecify.annotations.NullMarked;
