// Publishes the messages of the common grid through the HTTP API of Centrifugo, one request each, over one connection:
// node publish.mjs PORT KEY. Binary data is given in base64.
import { Agent, request } from "node:http";
import { onGrid } from "./grid.mjs";

const [port, key] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

onGrid((message) => {
  const call = request({ agent, host: "127.0.0.1", port, path: "/api/publish", method: "POST", headers: { "X-API-Key": key, "Content-Type": "application/json" } });
  call.on("response", (answer) => {
    let text = "";
    answer.on("data", (part) => (text += part));
    answer.on("end", () => {
      if (answer.statusCode !== 200 || text.includes('"error"')) throw new Error(`publishing: ${answer.statusCode} ${text}`);
    });
  });
  call.end(JSON.stringify({ channel: "sound", b64data: message.toString("base64") }));
});
