/** The archive on a real disk, its engine over scripted ones, its timers in virtual time. */
@NullMarked
package dev.stentor.archive;

import org.jspecify.annotations.NullMarked;
