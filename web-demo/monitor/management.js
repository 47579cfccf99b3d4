import { ask } from "../gateway.js";

/** The most listeners of a channel that are shown: those furthest behind. */
export const MOST_LISTENERS = 50;

/** An answer of the gateway that is no success, in words for people. */
export class Refusal extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The questions and orders of the monitor. Each rejects with a {@link Refusal}, or with another error if the gateway cannot be reached. */
export const management = {
  /** @returns {Promise<any[]>} */
  channels: () => request("GET", "/v1/channels"),
  /** @param {string} channel @returns {Promise<import("./listeners.js").Listener[]>} */
  listeners: (channel) => request("GET", `${path(channel)}/listeners?sort=lag&limit=${MOST_LISTENERS}`),
  /** @returns {Promise<{upstreams: any[]}>} */
  upstreams: () => request("GET", "/v1/upstreams"),
  /** @param {string} channel @param {{mute?: boolean, volume?: number, listener?: string}} how */
  control: (channel, how) => request("POST", `${path(channel)}/control`, how),
  /** @param {string} channel @param {string} text */
  say: (channel, text) => request("POST", `${path(channel)}/utterances`, { text }),
  /** @param {string} channel */
  removeChannel: (channel) => request("DELETE", path(channel)),
  /** @param {string} channel @param {string} conn */
  removeListener: (channel, conn) => request("DELETE", `${path(channel)}/listeners/${encodeURIComponent(conn)}`),
};

/** @param {string} channel */
const path = (channel) => `/v1/channels/${encodeURIComponent(channel)}`;

/** @param {string} method @param {string} address @param {object} [body] @returns {Promise<any>} */
async function request(method, address, body) {
  const headers = body ? { "content-type": "application/json" } : undefined;
  const response = await ask(address, { method, headers, body: body && JSON.stringify(body) });
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok)
    throw new Refusal(response.status, answer?.detail ?? `The gateway refused this (${response.status}).`);
  return answer;
}
