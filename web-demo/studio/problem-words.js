/** Sentences that speak of settings are for whoever runs the gateway: they name environment variables or keys of its configuration. */
const FOR_OPERATORS = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\bgateway\.[a-z]/;

/** @typedef {{user: string, operator: string, field?: string}} ProblemWords what a visitor is told, and what an operator can do */

/**
 * Divides the sentences of a problem's detail into those for the visitor and those for the operator.
 *
 * @param {string} detail
 * @returns {{user: string, operator: string}}
 */
export function divide(detail) {
  const sentences = detail.match(/[^.!?]+(?:[.!?]+(?!\s|$)[^.!?]*)*[.!?]*\s*/g) ?? [];
  const pick = (/** @type {boolean} */ wanted) =>
    sentences
      .filter((sentence) => FOR_OPERATORS.test(sentence) === wanted)
      .join("")
      .trim();
  return { user: pick(false), operator: pick(true) };
}

/**
 * Reads what the gateway says about a request that it refused.
 *
 * @param {Response} response
 * @returns {Promise<ProblemWords>}
 */
export async function problemOf(response) {
  const problem = await response.json().catch(() => ({}));
  const { user, operator } = divide(problem.detail ?? problem.title ?? "");
  return { user: user || `The gateway refused this (${response.status}).`, operator, field: problem.field };
}
