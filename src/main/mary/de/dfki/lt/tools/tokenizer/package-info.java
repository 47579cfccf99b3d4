/**
 * Words for the embedded voice. MaryTTS calls a tokeniser by these names that no public repository has; this one is our own,
 * and does only what MaryTTS asks of it for English. Nothing else may use it. JDK only.
 */
@NullMarked
package de.dfki.lt.tools.tokenizer;

import org.jspecify.annotations.NullMarked;
