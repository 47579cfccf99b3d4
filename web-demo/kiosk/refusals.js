const SECOND = 1_000;

/** After refusals that may pass without anybody at the screen, by close code. Wrong keys are counted by the gateway, ten in a minute. @type {Record<number, number>} */
const LOOK_AGAIN_MS = { 4401: 60 * SECOND, 4403: 60 * SECOND, 4404: 30 * SECOND, 4408: 30 * SECOND };

/**
 * Tries again after a refusal that the player itself takes as final, because nobody may be there to press a button: a channel may be made later, a key
 * allowed again.
 */
export class RefusalPatience {
  #connect;
  #environment;
  /** @type {any} */
  #timer;

  /**
   * @param {() => void} connect tries again
   * @param {{setTimeout: (run: () => void, ms: number) => any, clearTimeout: (timer: any) => void}} [environment]
   */
  constructor(
    connect,
    environment = { setTimeout: (run, ms) => setTimeout(run, ms), clearTimeout: (timer) => clearTimeout(timer) },
  ) {
    this.#connect = connect;
    this.#environment = environment;
  }

  /** Takes the state of the connection. @param {{phase: string, code?: number}} line */
  take({ phase, code = 0 }) {
    this.#environment.clearTimeout(this.#timer);
    const ms = phase === "refused" ? LOOK_AGAIN_MS[code] : undefined;
    if (ms !== undefined) this.#timer = this.#environment.setTimeout(this.#connect, ms);
  }
}
