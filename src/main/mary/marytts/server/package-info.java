/** The shutdown hook of MaryTTS, replaced. */
@NullMarked
package marytts.server;

import org.jspecify.annotations.NullMarked;
