/**
 * The natural voice: a neural one, computed on the CPU, from files that lie beside the gateway.
 * May use: speech.phonemes, speech.sentences, speech.onnx, speech.qwen, speech, text, mix, audio;
 * libraries: Reactor, Reactor Pool, ONNX Runtime, Jackson, SLF4J.
 */
@NullMarked
package dev.stentor.speech.neural;

import org.jspecify.annotations.NullMarked;
