/** The mixing stage of a fake gateway: it records requests and makes no sound. */
export class FakeMix {
  /** Bodies that came, with where they came to. @type {{method: string, path: string, body: any}[]} */
  asked = [];
  /** Number of requests for the whole state. */
  looks = 0;
  /** Whether the state is not told. */
  failing = false;
  #changes = 0;
  #seen = "";
  state = {
    on: false,
    pending: false,
    duck: { depth_db: -12 },
    level: { rms_db: -120 },
    speech: { rms_db: -120 },
    sources: /** @type {any[]} */ ([]),
  };

  /** The message of levels, with the number of changes of the state so far. */
  levels() {
    const { level, speech, sources, ...settings } = this.state;
    const now = JSON.stringify([settings, sources.map(({ level: _, ...source }) => source)]);
    if (now !== this.#seen) this.#changes++;
    this.#seen = now;
    const all = sources.map((source) => ({ name: source.name, peak_db: source.level.rms_db, ...source.level }));
    const spoken = { name: "speech", peak_db: speech.rms_db, ...speech };
    const sounding = settings.on ? [spoken, ...all] : [];
    return { t: "levels", changes: this.#changes, peak_db: level.rms_db, rms_db: level.rms_db, sources: sounding };
  }

  /** @param {string} method @param {string} path behind the channel's @param {any} body @returns {[number, any]} */
  answer(method, path, body) {
    if (method !== "GET") this.asked.push({ method, path, body });
    if (method === "GET") this.looks++;
    if (method === "GET") return this.failing ? [503, {}] : [200, this.state];
    if (path === "/mix") {
      Object.assign(this.state.duck, body.duck);
      return [200, this.state];
    }
    const name = path.split("/").at(-1);
    const known = this.state.sources.find((source) => source.name === name);
    const others = this.state.sources.filter((source) => source.name !== name);
    if (method === "DELETE") {
      this.#hold(others);
      return [204, null];
    }
    if (method === "PUT" && body.sound === "gone.wav") {
      return [404, { detail: "There is no such sound; GET /v1/sounds lists them.", field: "sound" }];
    }
    Object.assign(this.state.duck, body.duck);
    const source = { name, state: "playing", level: { rms_db: -34 }, ...known, gain_db: 0, ...body };
    this.#hold([...others, source]);
    return [200, { on: true, pending: false, source }];
  }

  /** @param {any[]} sources */
  #hold(sources) {
    const on = sources.length > 0;
    const level = { rms_db: on ? -24 : -120 };
    Object.assign(this.state, { sources, on, level, speech: { rms_db: on ? -27 : -120 } });
  }
}
