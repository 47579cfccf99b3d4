/** What is mixed in beside the speech: sources of a channel, and the sounds that they can be. */
@NullMarked
package dev.stentor.web.sources;

import org.jspecify.annotations.NullMarked;
