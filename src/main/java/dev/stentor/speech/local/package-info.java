/** The embedded engine (MaryTTS), on its own bounded workers. May use speech.qwen, speech, text and audio. */
@NullMarked
package dev.stentor.speech.local;

import org.jspecify.annotations.NullMarked;
