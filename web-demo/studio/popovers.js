/** Closes the small panels of the page's head by Escape, or by a click elsewhere. @param {Element} head */
export function closePopovers(head) {
  const open = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (head.querySelectorAll("details.fact[open]"));
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const panel of open()) {
      panel.open = false;
      panel.querySelector("summary")?.focus();
    }
  });
  document.addEventListener("click", ({ target }) => {
    for (const panel of open()) if (target instanceof Node && !panel.contains(target)) panel.open = false;
  });
}
