import { InvalidArgumentError, type Command } from "commander";
import { isConsortiaError } from "../../core/error.ts";
import { parseCredits, type Credits } from "../../core/money.ts";
import { parsePeriod, type PeriodId } from "../../core/period.ts";
import { createContext, type Context, type Settings } from "./context.ts";
import type { Answer } from "./render.ts";

/** Adds a command to a noun: its words, what it does, and a line that somebody can copy. */
export function command(noun: Command, words: string, summary: string, example: string): Command {
  return noun
    .command(words)
    .description(summary)
    .addHelpText("after", `\nExample:\n  npm run consortia -- ${example}`);
}

/** Prints an answer; given by the program. */
export type Print = (answer: Answer) => void;
const printers = new WeakMap<Command, Print>();

export function usePrinter(program: Command, print: Print): void {
  printers.set(program, print);
}

/** What a command does: arguments as commander parsed them, its options last. Without an answer it has spoken. */
export function does(
  one: Command,
  act: (context: Context, ...given: never[]) => Promise<Answer | undefined>,
): void {
  one.action(async (...given: unknown[]) => {
    const context = createContext(one.optsWithGlobals<Settings>());
    try {
      const answer = await act(context, ...(given.slice(0, -1) as never[]));
      if (answer !== undefined) printers.get(rootOf(one))?.(answer);
    } finally {
      context.close();
    }
  });
}

function rootOf(one: Command): Command {
  return one.parent === null ? one : rootOf(one.parent);
}

/** Makes commander refuse an argument in the words of the rule that refuses it. */
export function reading<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      if (isConsortiaError(error)) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };
}

export const amount: (text: string) => Credits = reading((text) => {
  const credits = parseCredits(text);
  if (credits >= 0n) return credits;
  throw new InvalidArgumentError("An amount cannot be less than zero.");
});
export const month: (text: string) => PeriodId = reading(parsePeriod);

/** A whole number from `least` on. */
export function whole(least = 0): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`A whole number from ${least} on is needed.`);
  };
}

/** Seconds since 1970, from such a number or from `2026-10-01` or `2026-10-01T12:00:00Z`. */
export function moment(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const time = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time))
    throw new InvalidArgumentError("Write a time as 2026-10-01 or 2026-10-01T12:00:00Z.");
  return Math.floor(time / 1000);
}

/** Calls back when somebody asks this process to end; from then on it is the caller who ends it. */
export function onEnd(act: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, act);
}
