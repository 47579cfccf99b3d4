package dev.stentor.web.dashscope;

/**
 * The address of a whole recording, which can be fetched without a key.
 *
 * @param url absolute address
 * @param expiresAt time until which the address is valid, in seconds since the epoch
 */
record RecordingLink(String url, long expiresAt) {}
