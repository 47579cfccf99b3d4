/** Tests of the whole way: the gateway as its users start it, packed or unpacked as in the image, with real clients and a real browser. */
@NullMarked
package dev.stentor.whole;

import org.jspecify.annotations.NullMarked;
