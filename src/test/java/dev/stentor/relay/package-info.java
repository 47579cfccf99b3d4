/** Tests of channels that several nodes share: all nodes in this process, in virtual time. */
@NullMarked
package dev.stentor.relay;

import org.jspecify.annotations.NullMarked;
