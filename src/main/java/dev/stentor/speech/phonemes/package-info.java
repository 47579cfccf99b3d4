/**
 * Front ends of a neural voice: English and Mandarin text becomes the symbols of its alphabet.
 * May use: speech; libraries: MaryTTS, W3C DOM, HanLP, Jackson.
 */
@NullMarked
package dev.stentor.speech.phonemes;

import org.jspecify.annotations.NullMarked;
