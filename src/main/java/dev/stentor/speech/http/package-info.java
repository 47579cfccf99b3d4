/** What all speech services over HTTP share: connections, event streams, failures. Reactor Netty's client; no JSON. */
@NullMarked
package dev.stentor.speech.http;

import org.jspecify.annotations.NullMarked;
