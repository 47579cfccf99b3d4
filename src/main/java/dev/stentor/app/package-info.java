/** The wiring: it reads the configuration, builds the rooms, shuts them down in order. May use all rooms; no room uses it. */
@NullMarked
package dev.stentor.app;

import org.jspecify.annotations.NullMarked;
