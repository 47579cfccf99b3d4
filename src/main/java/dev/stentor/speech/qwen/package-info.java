/**
 * The catalogue and the rules of the Qwen-TTS service.
 * May use: speech.voices, speech.reading, speech, audio; libraries: none.
 */
@NullMarked
package dev.stentor.speech.qwen;

import org.jspecify.annotations.NullMarked;
