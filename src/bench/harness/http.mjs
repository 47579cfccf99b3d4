// Requests to a server under measurement: over TLS its certificate is not looked at, because it is made for one run.
import { request as plain } from "node:http";
import { request as secure } from "node:https";

/**
 * @param {{port: number, secure: boolean}} server @param {string} path @param {object} [body] sent as JSON, by POST
 * @returns {Promise<{status: number, text: string}>}
 */
export function ask({ port, secure: overTls }, path, body) {
  const options = { host: "127.0.0.1", port, path, method: body ? "POST" : "GET", rejectUnauthorized: false, agent: false };
  return new Promise((resolve, reject) => {
    const call = (overTls ? secure : plain)({ ...options, headers: body ? { "content-type": "application/json" } : {} });
    call.on("error", reject);
    call.on("response", (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part) => (text += part));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on("error", reject);
    });
    call.end(body && JSON.stringify(body));
  });
}
