/** Finished recordings over HTTP: a handler, nothing else. Never uses another web room but edge. */
@NullMarked
package dev.stentor.web.audio;

import org.jspecify.annotations.NullMarked;
