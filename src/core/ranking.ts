/** The most voters that an election can have: approvals of a candidate are counted in 16 bits. */
export const MOST_VOTERS = 0xffff;

/**
 * The candidates that anybody approved of, those with most approvals first; of two with as many the one nominated first.
 * Twin: contracts/libraries/Approvals.sol.
 * @param approvals how many approved of each candidate, in the order of nomination
 * @returns their places in that order
 */
export function rankCandidates(approvals: readonly number[]): number[] {
  return approvals
    .map((count, candidate) => ({ count, candidate }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.candidate - b.candidate)
    .map(({ candidate }) => candidate);
}
