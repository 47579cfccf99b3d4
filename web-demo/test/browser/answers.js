import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 50;

/**
 * Fails if the answer takes longer than this.
 *
 * @template T
 * @param {number} ms
 * @param {Promise<T>} answer
 * @returns {Promise<T>}
 */
export async function within(ms, answer) {
  const over = new AbortController();
  const late = delay(ms, undefined, { signal: over.signal }).then(() => {
    throw new Error(`the page did not answer within ${ms} ms`);
  });
  answer.catch(() => {}); // it may still fail when the browser is ended
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
    late.catch(() => {});
  }
}

/** Returns Playwright's `waitForFunction` for a page of another driver. @param {(task: Function, argument: any) => Promise<any>} evaluate */
export const waitForFunction =
  (evaluate) =>
  async (task, argument = null, { timeout = 10_000 } = {}) => {
    const from = performance.now();
    for (;;) {
      const value = await evaluate(task, argument);
      if (value) return { jsonValue: async () => value };
      if (performance.now() - from > timeout) throw new Error(`not within ${timeout} ms: ${task}`);
      await delay(POLL_MS);
    }
  };
