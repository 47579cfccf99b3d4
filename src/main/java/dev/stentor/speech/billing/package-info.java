/**
 * The characters of texts: set apart before a call, counted as the service counts them, and given back.
 * May use: speech, usage; libraries: Reactor.
 */
@NullMarked
package dev.stentor.speech.billing;

import org.jspecify.annotations.NullMarked;
