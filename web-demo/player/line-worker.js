import { Line } from "./line.js";

// The file in which a line runs: as a worker it starts one; a page that can have no worker imports it, and starts one itself. In a worker the
// first message has the line's options; all others are commands. The worker ends by itself after `close`.

export { Line };

/** How long the goodbye may take. */
const GOODBYE_MS = 1_000;

/** @type {Line | null} */
let line = null;

if ("DedicatedWorkerGlobalScope" in self) {
  self.onmessage = ({ data }) => {
    if (line === null) {
      line = new Line(data, (event) => self.postMessage(event));
      return;
    }
    line.receive(data);
    if (data.t === "close") setTimeout(() => self.close(), GOODBYE_MS);
  };
  self.postMessage({ t: "ready" });
}
