/** Graphs of ONNX as files: an int8 graph is rewritten into one that computes in float. May use: none; libraries: none. */
@NullMarked
package dev.stentor.speech.onnx;

import org.jspecify.annotations.NullMarked;
