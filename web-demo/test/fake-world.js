import { Line } from "../player/line.js";

// A clock that moves only when a test moves it, and sockets for which the test plays the server.

export class FakeWorld {
  /** @type {{at: number, run: () => void}[]} */
  #timers = [];
  #nowMs = 0;

  /** @type {FakeSocket[]} */
  sockets = [];
  random = () => 0.5;
  /** @type {any} */
  page = {};

  now = () => this.#nowMs;

  open = (url, protocols) => {
    const socket = new FakeSocket(url, protocols);
    this.sockets.push(socket);
    return socket;
  };

  setTimeout = (run, ms) => {
    const timer = { at: this.#nowMs + ms, run };
    this.#timers.push(timer);
    return timer;
  };

  clearTimeout = (timer) => {
    this.#timers = this.#timers.filter((other) => other !== timer);
  };

  /** Starts a line on the test's own thread, so that everything happens at once. */
  startLine = (options, { onEvent }) => {
    let open = true;
    const line = new Line(options, (event) => open && onEvent(event), this);
    return {
      thread: "page",
      post: (command) => line.receive(command),
      close() {
        open = false;
        line.receive({ t: "close" });
      },
    };
  };

  get socket() {
    return this.sockets.at(-1);
  }

  /** Moves the clock and runs what falls due, in order. @param {number} ms */
  pass(ms) {
    const until = this.#nowMs + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.clearTimeout(next);
      this.#nowMs = next.at;
      next.run();
    }
    this.#nowMs = until;
  }
}

export class FakeSocket {
  readyState = 0;
  /** @type {any[]} */
  sent = [];
  closedWith = null;

  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code) {
    this.readyState = 3;
    this.closedWith = code;
  }

  // The server's side.

  accept() {
    this.readyState = 1;
    this.onopen?.();
  }

  say(message) {
    this.onmessage?.({ data: message instanceof ArrayBuffer ? message : JSON.stringify(message) });
  }

  end(code, reason = "") {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  of(type) {
    return this.sent.filter(({ t }) => t === type);
  }
}
