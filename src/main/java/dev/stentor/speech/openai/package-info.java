/** Any server with OpenAI's speech API. May use speech.http, speech and audio; Reactor Netty's client and Jackson. */
@NullMarked
package dev.stentor.speech.openai;

import org.jspecify.annotations.NullMarked;
