/** Voices: those there are, making and deleting one's own, and how they sound. Never uses another web room but edge. */
@NullMarked
package dev.stentor.web.voices;

import org.jspecify.annotations.NullMarked;
