/**
 * @typedef {object} Voice as `GET /v1/voices` lists it
 * @property {string} name
 * @property {string} [sex]
 * @property {string} [note]
 * @property {string} kind
 * @property {string[]} languages
 * @property {string[]} models
 */

/** @typedef {{name: string, instructions: boolean, offered: boolean, voices: string[]}} Model as `GET /v1/models` lists it */

/** @typedef {{voices: Voice[], default: string}} VoiceList */

/**
 * Tells whether the engine has this voice itself. The voices of the gateway stand in for all others.
 *
 * @param {Voice} voice
 * @param {Voice[]} all
 */
export function isOwn(voice, all) {
  return voice.kind === "embedded" || !all.some(({ kind }) => kind === "embedded");
}

/** Returns the voices with those first that the engine has itself; else in the gateway's order. @param {Voice[]} voices */
export function inOrder(voices) {
  return [...voices].sort((a, b) => Number(isOwn(b, voices)) - Number(isOwn(a, voices)));
}

/** Returns the voice to begin with: the gateway's default, unless that is only stood in for. @param {VoiceList} list */
export function preferred({ voices, default: name }) {
  const standard = voices.find((voice) => voice.name === name);
  return standard && isOwn(standard, voices) ? standard : inOrder(voices)[0];
}

/**
 * Returns the voices that fit.
 *
 * @param {Voice[]} voices
 * @param {{words?: string, language?: string, sex?: string}} filter `words`: each must occur in the name or the note
 */
export function matching(voices, { words = "", language = "", sex = "" }) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return voices.filter((voice) => {
    const about = `${voice.name} ${voice.note ?? ""}`.toLowerCase();
    if (language && !voice.languages.includes(language)) return false;
    if (sex && voice.sex !== sex) return false;
    return wanted.every((word) => about.includes(word));
  });
}

/** Returns all languages of the voices, sorted. @param {Voice[]} voices */
export function languagesOf(voices) {
  return [...new Set(voices.flatMap(({ languages }) => languages))].sort();
}

/**
 * Returns a model that follows instructions in that voice; undefined if there is none.
 *
 * @param {Voice | undefined} voice
 * @param {Model[]} models
 */
export function instructible(voice, models) {
  return models.find(({ name, instructions, offered }) => instructions && offered && voice?.models.includes(name))
    ?.name;
}
