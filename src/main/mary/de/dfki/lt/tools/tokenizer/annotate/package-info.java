/** Text with marks on stretches of it, in the shape that MaryTTS reads. Nothing else may use it. JDK only. */
@NullMarked
package de.dfki.lt.tools.tokenizer.annotate;

import org.jspecify.annotations.NullMarked;
