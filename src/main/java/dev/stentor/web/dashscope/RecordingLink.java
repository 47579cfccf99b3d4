package dev.stentor.web.dashscope;

/**
 * Where the whole of a speech can be fetched, without a key.
 *
 * @param url absolute
 * @param expiresAt until when, in seconds of the epoch
 */
record RecordingLink(String url, long expiresAt) {}
