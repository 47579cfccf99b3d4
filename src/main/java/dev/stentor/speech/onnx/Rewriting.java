package dev.stentor.speech.onnx;

import java.io.IOException;
import java.util.List;

/** A graph that was changed. */
interface Rewriting {

    /** Returns how many products of integers are computed in another way now. */
    int count();

    /** Returns the fields of the new graph. */
    List<Piece> pieces() throws IOException;
}
