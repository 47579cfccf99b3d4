/** Has the page kept in the browser, so that it opens also while the gateway is away. Only pages over TLS, or of the machine itself, may. */
export async function keepPage() {
  try {
    await navigator.serviceWorker?.register("/kiosk-worker.js", { scope: "/kiosk" });
  } catch (failure) {
    console.warn("stentor", failure);
  }
}
