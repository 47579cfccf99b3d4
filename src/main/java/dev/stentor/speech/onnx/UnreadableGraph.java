package dev.stentor.speech.onnx;

import java.io.IOException;

/** A graph that is damaged, or of a form that is not known. */
public final class UnreadableGraph extends IOException {

    UnreadableGraph(String message) {
        super(message);
    }
}
