/** Where sound is allowed without a touch, it runs after this time at the latest. */
const ALLOWED_WITHIN_MS = 1_500;

/** An output that stopped by itself is started again so often. */
const AGAIN_MS = 5_000;

/**
 * Starts the sound, at once where the browser allows it and else by a touch, and starts it again whenever it stops: a device was unplugged, the worklet's
 * file could not be loaded because the gateway was away.
 */
export class SoundStart {
  #player;
  #onChange;
  #environment;
  /** True if nothing but a touch will do, as far as one knows. */
  #touchNeeded = false;
  #attempting = false;
  /** @type {any} */
  #verdict;
  /** @type {any} */
  #again;
  #connection = "";

  /**
   * @param {{state: {connection: string, audio: string}, unlock(): Promise<void>}} player
   * @param {() => void} onChange is called when {@link isTouchNeeded} has changed
   * @param {{setTimeout: (run: () => void, ms: number) => any, clearTimeout: (timer: any) => void}} [environment]
   */
  constructor(
    player,
    onChange,
    environment = { setTimeout: (run, ms) => setTimeout(run, ms), clearTimeout: (timer) => clearTimeout(timer) },
  ) {
    this.#player = player;
    this.#onChange = onChange;
    this.#environment = environment;
  }

  get isTouchNeeded() {
    return this.#touchNeeded;
  }

  /** Tries to start; to be called from a touch, or in the hope that none is needed. */
  begin() {
    this.#attempt(true);
    this.#environment.clearTimeout(this.#verdict);
    this.#verdict = this.#environment.setTimeout(() => this.#set(!this.#isRunning), ALLOWED_WITHIN_MS);
  }

  /** Takes a change of the player's state. */
  changed() {
    const { connection } = this.#player.state;
    const opened = connection === "open" && this.#connection !== "open";
    this.#connection = connection;
    if (this.#isRunning) {
      this.#environment.clearTimeout(this.#verdict);
      this.#environment.clearTimeout(this.#again);
      this.#again = undefined;
      this.#set(false);
      return;
    }
    if (opened) this.#attempt();
    this.#again ??= this.#environment.setTimeout(() => {
      this.#again = undefined;
      if (this.#isRunning) return;
      this.#set(true);
      this.#attempt();
      this.changed();
    }, AGAIN_MS);
  }

  get #isRunning() {
    return this.#player.state.audio === "running";
  }

  /** @param {boolean} [touched] a touch counts, even while an attempt waits for one */
  #attempt(touched = false) {
    if (this.#attempting && !touched) return;
    this.#attempting = true;
    const over = () => (this.#attempting = false);
    this.#player.unlock().then(over, (failure) => {
      over();
      console.warn("stentor", failure);
    });
  }

  /** @param {boolean} needed */
  #set(needed) {
    if (this.#touchNeeded === needed) return;
    this.#touchNeeded = needed;
    this.#onChange();
  }
}
