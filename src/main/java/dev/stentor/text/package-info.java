/**
 * Texts: splits them into segments that can be spoken one by one, and counts their characters. Uses the JDK only.
 * May use: none; libraries: none.
 */
@NullMarked
package dev.stentor.text;

import org.jspecify.annotations.NullMarked;
