/** Sets a text, unless it is there already: assistive technology would say it again. @param {Element | null | undefined} place @param {string} text */
export function setText(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}
