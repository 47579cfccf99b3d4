/**
 * The embedded engine (MaryTTS), on its own limited workers.
 * May use: speech.sentences, speech.qwen, speech, text, audio; libraries: Reactor, MaryTTS, W3C DOM, SLF4J.
 */
@NullMarked
package dev.stentor.speech.local;

import org.jspecify.annotations.NullMarked;
