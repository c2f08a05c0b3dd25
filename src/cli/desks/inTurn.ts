import { isConsortiaError } from "../../core/error.ts";

/** What became of a list of things that were done one after another. */
export interface InTurn {
  readonly rows: readonly Record<string, unknown>[];
  readonly refused: number;
  /** A line such as `Claimed: 3. Refused: 1.` */
  title(done: string): string;
}

/**
 * Does one thing after another, so that a refusal does not keep the others waiting: it becomes a row that says why. A
 * silent node is thrown, and so is the refusal of the only one.
 */
export async function inTurn(
  names: readonly string[],
  progress: (done: number, total: number) => void,
  act: (name: string, index: number) => Promise<{ readonly done: string } & Record<string, unknown>>,
): Promise<InTurn> {
  const rows: Record<string, unknown>[] = [];
  let refused = 0;
  for (const [index, name] of names.entries()) {
    try {
      const { done, ...facts } = await act(name, index);
      rows.push({ statement: name, outcome: done, ...facts });
    } catch (error) {
      const answered = isConsortiaError(error) && error.code !== "NetworkUnreachable";
      if (!answered || names.length === 1) throw error;
      refused += 1;
      rows.push({ statement: name, outcome: "refused", code: error.code, why: error.message });
    }
    progress(index + 1, names.length);
  }
  const title = (done: string) =>
    `${done}: ${names.length - refused}.${refused === 0 ? "" : ` Refused: ${refused}.`}`;
  return { rows, refused, title };
}
