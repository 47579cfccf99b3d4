/** Returns the address at which a channel of the page's own server is listened to. @param {string} channel */
export function listenUrl(channel) {
  const url = new URL(`/v1/channels/${encodeURIComponent(channel)}/listen`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}
