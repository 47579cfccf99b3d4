package dev.stentor;

import java.nio.file.Path;

/**
 * A line of a source file that breaks a rule of the house.
 *
 * @param path relative to the project's folder
 * @param line counted from 1
 * @param text says what stands there
 */
record Place(Path path, int line, String text) {

    @Override
    public String toString() {
        return path + ":" + line + ": " + text;
    }
}
