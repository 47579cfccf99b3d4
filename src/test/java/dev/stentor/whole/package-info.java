/** Tests of the whole way: the executable jar as its users start it, with real clients and a real browser. */
@NullMarked
package dev.stentor.whole;

import org.jspecify.annotations.NullMarked;
