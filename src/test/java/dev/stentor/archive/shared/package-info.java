/** Tests of recordings that nodes share. */
@NullMarked
package dev.stentor.archive.shared;

import org.jspecify.annotations.NullMarked;
