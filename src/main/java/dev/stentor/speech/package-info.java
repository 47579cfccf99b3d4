/** The port: text in, audio out; voices, models, failures as sealed values. May use text and audio; plain Java and Reactor. */
@NullMarked
package dev.stentor.speech;

import org.jspecify.annotations.NullMarked;
