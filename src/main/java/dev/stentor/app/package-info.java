/** The wiring: it reads the configuration, builds the rooms, shuts them down in order. May use: all; libraries: all. */
@NullMarked
package dev.stentor.app;

import org.jspecify.annotations.NullMarked;
