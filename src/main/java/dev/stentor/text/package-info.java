/** Text becomes speakable segments. May use the JDK only. */
@NullMarked
package dev.stentor.text;

import org.jspecify.annotations.NullMarked;
