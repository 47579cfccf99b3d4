/** The channels of a fake gateway as they are managed: it tells what a test set, records orders, and carries out those that players notice. */
export class FakeManagement {
  #gateway;
  /** Orders that came. @type {{method: string, path: string, body: any}[]} */
  asked = [];
  channels = ["lobby", "tour"].map((name) => ({
    ...{ name, phase: "idle", pos: 0, utterances: 0, listeners: 1, lead_ms: 100, lag_ms: 3000 },
  }));
  /** By the name of their channel. @type {Record<string, any[]>} */
  listeners = {};
  upstreams = /** @type {any[]} */ ([]);
  /** Status and body that answer every question, if set. @type {[number, any] | null} */
  refusal = null;

  /** @param {import("./fake-gateway.js").FakeGateway} gateway */
  constructor(gateway) {
    this.#gateway = gateway;
  }

  /** Returns status and body; null if this is none of its addresses. @param {string} method @param {string} path @param {any} body @returns {[number, any] | null} */
  answer(method, path, body) {
    const [, name = "", rest = ""] = path.match(/^\/v1\/channels\/([^/]+)(?:\/(control|listeners.*))?$/) ?? [];
    const isMine =
      path === "/v1/channels" || path === "/v1/upstreams" || (name !== "" && (rest !== "" || method === "DELETE"));
    if (!isMine) return null;
    if (this.refusal) return this.refusal;
    if (method !== "GET") this.asked.push({ method, path: path.slice("/v1/channels".length), body });
    if (path === "/v1/channels") return [200, this.channels];
    if (path === "/v1/upstreams") return [200, { upstreams: this.upstreams }];
    if (rest === "control") return this.#control(name, body);
    if (method === "GET") return [200, this.listeners[name] ?? []];
    return this.#remove(name, rest);
  }

  /** @param {string} name @param {any} body @returns {[number, any]} */
  #control(name, { mute, volume, listener }) {
    if (listener) {
      const known = this.listeners[name]?.find(({ conn }) => conn === listener);
      if (!known) return [404, { detail: "There is no such listener on this channel now.", field: "listener" }];
      known.muted = mute;
      return [200, { muted: mute }];
    }
    const channel = this.channels.find((one) => one.name === name);
    Object.assign(channel ?? {}, mute === undefined ? {} : { muted: mute }, volume === undefined ? {} : { volume });
    const { muted, volume: told } = /** @type {any} */ (channel ?? {});
    this.#gateway.announce({ t: "control", muted, volume: told });
    return [200, { muted, volume: told }];
  }

  /** @param {string} name @param {string} rest @returns {[number, any]} */
  #remove(name, rest) {
    const conn = rest.split("/")[1];
    if (conn) this.listeners[name] = (this.listeners[name] ?? []).filter((listener) => listener.conn !== conn);
    else this.channels = this.channels.filter((channel) => channel.name !== name);
    return [204, null];
  }
}
