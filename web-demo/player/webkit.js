/**
 * Tells whether this is WebKit, by the vendor that all of its browsers name. On a busy machine its message ports lose what is sent to an audio
 * thread, but for a worklet's own port. So there sound takes that one, from the page's thread.
 */
export const isWebKit = () => globalThis.navigator?.vendor?.startsWith("Apple") ?? false;
