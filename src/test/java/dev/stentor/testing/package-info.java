/** Hand-written fakes and signals that tests of several rooms share. */
@NullMarked
package dev.stentor.testing;

import org.jspecify.annotations.NullMarked;
