import { StentorPlayer } from "./player.js";

const STYLE = `
  :host { display: block; font: 1rem/1.5 system-ui, sans-serif; }
  :host([hidden]) { display: none; }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem; }
  button { min-height: 44px; padding: 0 1.25rem; font: inherit; cursor: pointer; }
  p { margin: 0.75rem 0 0; font-size: 1.25em; }
  p:empty { display: none; }
`;

/** Words for refusals, by close code. @type {Record<number, string>} */
const REFUSALS = {
  4401: "A valid key is needed.",
  4403: "This page may not listen.",
  4404: "There is no such channel.",
};

/**
 * The element `<stentor-player>`: a button that starts and stops, the state in words, and, with the attribute `captions`, the words that are
 * heard. `channel` is the channel's name, `lobby` by default; `gateway` is the gateway's address, by default that of the page. A key, or the
 * address of the worklet, is set as the property `options` before the element is connected. Its player is the property `player`.
 */
export class StentorPlayerElement extends HTMLElement {
  static observedAttributes = ["channel", "gateway"];

  #button = document.createElement("button");
  #status = document.createElement("span");
  #caption = document.createElement("p");
  /** @type {StentorPlayer | null} */
  #player = null;

  constructor() {
    super();
    /**
     * Further options of the player. They may be set before the element is defined.
     *
     * @type {import("./player.js").PlayerOptions}
     */
    this.options = Reflect.get(this, "options") ?? {};
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const bar = document.createElement("div");
    bar.className = "bar";
    bar.append(this.#button, this.#status);
    this.#button.type = "button";
    this.#button.part.add("button");
    this.#status.role = "status";
    this.#status.part.add("status");
    this.#caption.part.add("caption");
    this.#button.onclick = () => this.#toggle();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(bar, this.#caption);
  }

  /** The player of this element; null while the element is in no document. */
  get player() {
    return this.#player;
  }

  connectedCallback() {
    const player = new StentorPlayer({ ...this.#address(), ...this.options });
    this.#player = player;
    player.addEventListener("state", () => this.#showState());
    player.addEventListener("caption", (event) => this.#showCaption(/** @type {CustomEvent} */ (event).detail.text));
    player.addEventListener("utterance", (event) => {
      if (/** @type {CustomEvent} */ (event).detail.phase === "ended") this.#showCaption("");
    });
    this.#showState();
    player.connect();
  }

  disconnectedCallback() {
    this.#player?.close();
    this.#player = null;
  }

  attributeChangedCallback() {
    if (!this.#player) return;
    this.disconnectedCallback();
    this.connectedCallback();
  }

  #address() {
    const channel = this.getAttribute("channel") ?? "lobby";
    const gateway = this.getAttribute("gateway");
    if (gateway === null) return { channel };
    const url = new URL(`/v1/channels/${encodeURIComponent(channel)}/listen`, new URL(gateway, location.href));
    url.protocol = url.protocol.replace("http", "ws");
    return { url: url.href };
  }

  #toggle() {
    const player = this.#player;
    if (!player) return;
    if (stops(player.state)) {
      player.close();
      return;
    }
    player.connect();
    player.unlock().catch((failure) => {
      console.warn("stentor", failure);
      if (this.#player === player) this.#status.textContent = "The sound could not be started";
    });
  }

  #showState() {
    const { state } = /** @type {StentorPlayer} */ (this.#player);
    this.#button.textContent =
      state.connection === "refused" ? "Try again" : stops(state) ? "Stop listening" : "Start listening";
    this.#status.textContent = describe(state);
  }

  /** @param {string} words */
  #showCaption(words) {
    this.#caption.textContent = this.hasAttribute("captions") ? words : "";
  }
}

/** Tells whether the button stops listening. @param {StentorPlayer["state"]} state */
const stops = ({ audio, connection }) => audio === "running" && connection !== "refused";

/** @param {StentorPlayer["state"]} state */
function describe({ connection, line, audio, playout }) {
  switch (connection) {
    case "open":
      if (audio !== "running") return "Ready";
      return playout === "playing" ? "Speaking" : playout === "stalled" ? "Waiting for the network" : "Listening";
    case "refused":
      return REFUSALS[line.code ?? 0] ?? (line.reason || "Refused");
    case "closed":
      return "Stopped";
    default:
      return line.phase === "waiting" ? "Connection lost, trying again" : "Connecting";
  }
}

if (!customElements.get("stentor-player")) customElements.define("stentor-player", StentorPlayerElement);
