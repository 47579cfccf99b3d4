import { key, keepKey, onKeyNeeded } from "./gateway.js";

/** The close code of a gateway that wants a valid key. */
const NEEDS_KEY = 4401;

const SHEET = `
  dialog.key {
    width: min(28rem, calc(100vw - 2rem));
    padding: 1.5rem;
    border: 1px solid var(--line, GrayText);
    border-radius: 1.25rem;
    background: var(--card, Canvas);
    color: var(--ink, CanvasText);
  }
  dialog.key::backdrop { background: rgb(0 0 0 / 55%); }
  dialog.key h2 { margin: 0; font-size: 1.25rem; letter-spacing: 0; text-transform: none; color: inherit; }
  dialog.key p { margin: 0.5rem 0 0; }
  dialog.key label { display: block; margin-top: 1rem; font-weight: 550; }
  dialog.key input {
    display: block;
    width: 100%;
    min-height: 44px;
    margin-top: 0.25rem;
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--edge, GrayText);
    border-radius: 0.75rem;
    background: var(--field, Field);
    color: inherit;
    font: inherit;
  }
  dialog.key .wrong { color: var(--bad, CanvasText); font-weight: 550; }
  dialog.key .wrong:empty { display: none; }
  dialog.key .buttons { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0.75rem; margin-top: 1.5rem; }
`;

/** The question that is open. @type {Promise<string | null> | null} */
let asking = null;

/**
 * Asks the visitor for a key where the gateway wants one, for a player and for requests of the page, and keeps it for them. A visitor who
 * cancels is asked again when something is tried again.
 *
 * @param {import("./player/player.js").StentorPlayer} player
 */
export function askForKeyWhereNeeded(player) {
  /** True if the player has tried with the key that is kept. */
  let tried = key !== undefined;
  player.addEventListener("state", async (event) => {
    const { connection, line } = /** @type {CustomEvent} */ (event).detail;
    if (connection === "open") tried = true;
    if (connection !== "refused" || line.code !== NEEDS_KEY) return;
    const given = await askForKey(tried);
    if (given === null) return;
    tried = true;
    player.token = given;
    player.connect();
  });
  onKeyNeeded(async (wrong) => {
    const given = await askForKey(wrong);
    if (given !== null) player.token = given;
    return given !== null;
  });
}

/**
 * Asks the visitor for a key, once, however many need the answer, and keeps it. Resolves with the key, or with null if the visitor cancels.
 *
 * @param {boolean} wrong whether a key was refused
 */
export function askForKey(wrong) {
  asking ??= show(wrong).finally(() => (asking = null));
  return asking;
}

/** Closes the question, if it is open: there is no need of a key any more. */
export function askNoMore() {
  /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog.key"))?.close();
}

/** @param {boolean} wrong whether a key was refused @returns {Promise<string | null>} */
function show(wrong) {
  const dialog = document.createElement("dialog");
  dialog.className = "key";
  dialog.setAttribute("aria-labelledby", "key-title");
  dialog.setAttribute("aria-describedby", "key-about");
  dialog.innerHTML = `
    <form method="dialog">
      <h2 id="key-title">This gateway needs a key</h2>
      <p id="key-about">Whoever runs it gives you one. It is kept in this tab until the tab is closed.</p>
      <label for="key-field">Key</label>
      <input id="key-field" type="password" autocomplete="off" autocapitalize="off" spellcheck="false" required
        aria-describedby="key-wrong" />
      <p class="wrong" id="key-wrong" role="alert"></p>
      <div class="buttons">
        <button type="button" value="cancel">Cancel</button>
        <button type="submit" class="primary">Use this key</button>
      </div>
    </form>`;
  const field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const complaint = /** @type {HTMLElement} */ (dialog.querySelector(".wrong"));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.body.append(dialog);
  dialog.showModal();
  if (wrong) complaint.textContent = "The last key was not accepted.";
  field.setAttribute("aria-invalid", String(wrong));
  field.focus();
  return new Promise((resolve) => {
    /** @type {string | null} */
    let given = null;
    const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
    form.onsubmit = () => {
      given = field.value.trim() || null;
      if (given) keepKey(given);
    };
    /** @type {HTMLButtonElement} */ (dialog.querySelector('[value="cancel"]')).onclick = () => dialog.close();
    dialog.onkeydown = (event) => event.stopPropagation(); // the page's single keys are not meant
    dialog.onclose = () => {
      dialog.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      resolve(given);
    };
  });
}
