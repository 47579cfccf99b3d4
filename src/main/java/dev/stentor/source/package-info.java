/** What can be mixed in: files, uploads, streams over HTTP and speech beside the speech; read once, at the channel's rate. */
@NullMarked
package dev.stentor.source;

import org.jspecify.annotations.NullMarked;
