/** Graphs of ONNX as files: the published int8 graph is rewritten as a faster one. May use: none; libraries: none. */
@NullMarked
package dev.stentor.speech.onnx;

import org.jspecify.annotations.NullMarked;
