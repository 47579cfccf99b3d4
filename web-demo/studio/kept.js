// What this browser keeps for the page. A browser may keep nothing; then the page begins anew each time.

/** @param {string} name */
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // it is forgotten with the page
  }
}
