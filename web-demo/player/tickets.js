/** A page that asks for a ticket is answered within this time, or the attempt has failed. */
const ANSWERED_WITHIN_MS = 15_000;
/** A ticket is renewed after this part of what it still lasts. */
const RENEW_AFTER = 0.75;
/** A renewal that failed is tried again after so long at the earliest. */
const LEAST_RENEWAL_MS = 10_000;
/** A ticket is not used any more so shortly before it ends. */
const MARGIN_MS = 2_000;

/**
 * A ticket: its text alone, which is used once, or the gateway's whole answer to `POST /v1/tickets`.
 *
 * @typedef {string | {ticket: string, use?: string, expires_at?: string}} Ticket
 */

/**
 * Gets tickets from the page. It asks for one before each connect. A ticket for many uses is kept, and renewed before it ends, so that a
 * connection can be opened again while nobody can give a ticket.
 */
export class Tickets {
  #get;
  #environment;
  /** A ticket for many uses, and when it ends. @type {{ticket: string, endsMs: number} | null} */
  #kept = null;
  /** @type {any} */
  #timer;
  /** True if the gateway refused a ticket and the next one has not been accepted yet. */
  #refused = false;

  /** @param {() => Ticket | Promise<Ticket>} get @param {import("./environment.js").Environment} environment */
  constructor(get, environment) {
    this.#get = get;
    this.#environment = environment;
  }

  /** Returns a ticket for the next connect. Rejects with the reason if there is none. */
  async next() {
    try {
      return await this.#ask();
    } catch (/** @type {any} */ failure) {
      if (this.#kept && this.#environment.now() < this.#kept.endsMs - MARGIN_MS) return this.#kept.ticket;
      throw new Error(`no ticket: ${failure?.message ?? failure}`);
    }
  }

  /** Tells that a connection was greeted. */
  accepted() {
    this.#refused = false;
  }

  /** Forgets the ticket, which was refused. Returns whether another one may be tried: once, until one was accepted. */
  refused() {
    const before = this.#refused;
    this.#refused = true;
    this.stop();
    return !before;
  }

  /** Forgets the ticket, and renews no more. */
  stop() {
    this.#environment.clearTimeout(this.#timer);
    this.#kept = null;
  }

  async #ask() {
    const answer = await this.#inTime((async () => this.#get())());
    const { ticket, use, expires_at: expiresAt } = typeof answer === "string" ? { ticket: answer } : answer;
    if (typeof ticket !== "string" || ticket === "") throw new Error("the answer has none");
    const endsMs = use === "many" && expiresAt ? Date.parse(expiresAt) : NaN;
    if (endsMs > this.#environment.now()) {
      this.#kept = { ticket, endsMs };
      this.#renewLater();
    }
    return ticket;
  }

  #renewLater() {
    if (!this.#kept) return;
    const left = this.#kept.endsMs - this.#environment.now();
    if (left <= MARGIN_MS) return;
    const wait = Math.max(LEAST_RENEWAL_MS, left * RENEW_AFTER);
    this.#environment.clearTimeout(this.#timer);
    this.#timer = this.#environment.setTimeout(() => {
      this.#ask().catch(() => this.#renewLater()); // told when a connect has none
    }, wait);
  }

  /** @template T @param {Promise<T>} answer @returns {Promise<T>} */
  #inTime(answer) {
    const { setTimeout, clearTimeout } = this.#environment;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("not answered in time")), ANSWERED_WITHIN_MS);
      answer.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}

/** Returns the address with a ticket. @param {string} url @param {string} ticket */
export function withTicket(url, ticket) {
  const address = new URL(url);
  address.searchParams.set("ticket", ticket);
  return address.href;
}
