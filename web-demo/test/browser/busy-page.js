/**
 * Keeps a page's thread busy for 500 of every 1,500 ms.
 *
 * @param {import("playwright-core").Page} page
 */
export function keepBusy(page) {
  return page.evaluate(() => {
    setInterval(() => {
      const until = performance.now() + 500;
      while (performance.now() < until);
    }, 1500);
  });
}
