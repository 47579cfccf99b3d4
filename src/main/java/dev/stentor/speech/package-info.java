/**
 * The port: text in, audio out; voices, requests, receipts and failures as values. Uses no other room; plain Java and Reactor.
 * May use: trace, usage; libraries: Reactor.
 */
@NullMarked
package dev.stentor.speech;

import org.jspecify.annotations.NullMarked;
