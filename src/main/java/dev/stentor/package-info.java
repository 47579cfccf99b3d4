/** Stentor: one synthesis, any number of listeners. Each package below is a room; {@code ARCHITECTURE.md} is their map. */
@NullMarked
package dev.stentor;

import org.jspecify.annotations.NullMarked;
