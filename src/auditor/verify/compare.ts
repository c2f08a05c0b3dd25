import { id } from "ethers";
import { isConsortiaError } from "../../core/error.ts";
import type { MemberId } from "../../core/ids.ts";
import type { Call, ChainNode } from "../chain/node.ts";
import type { Findings } from "../finding.ts";
import { tell } from "../fold/ground.ts";

/** What a word of an answer is, to be told to people. */
export type Kind = "amount" | "number" | "address" | "month" | "text";

/** One figure of a view: its name, what the logs come to, and what it is. */
export type Figure = readonly [name: string, expected: bigint, kind?: Kind];

/** A view to be asked, and what it must answer: word by word. */
export interface View {
  readonly to: string;
  /** As Solidity spells it, `account(uint32)`. */
  readonly signature: string;
  readonly args: readonly bigint[];
  readonly figures: readonly Figure[];
  readonly member?: MemberId;
}

const WORD = 64;
const WRAP = 1n << 256n;
const CHUNK = 500;
const selectors = new Map<string, string>();

/** Compares views of one node at the end of a block with what the logs come to. @returns how many figures agreed */
export async function compareViews(
  node: ChainNode,
  block: number,
  views: Iterable<View>,
  findings: Findings,
  onProgress?: (done: number) => void,
): Promise<number> {
  let [compared, done] = [0, 0];
  let chunk: View[] = [];
  const ask = async (): Promise<boolean> => {
    try {
      const calls = chunk.map(({ to, signature, args }) => ({ to, data: encodeCall(signature, args) }));
      const answers = await node.calls(calls, block).catch((error: unknown) => {
        if (!isConsortiaError(error, "CallReverted")) throw error;
        return singly(node, calls, block);
      });
      chunk.forEach((view, i) => {
        compared += compare(node.name, block, view, answers[i] ?? "0x", findings);
      });
      done += chunk.length;
      chunk = [];
      onProgress?.(done);
      return true;
    } catch (error) {
      if (!isConsortiaError(error)) throw error;
      const message = `The views at block ${block} could not be compared. ${error.message}`;
      findings.add("ViewUnavailable", message, { block, found: error.code });
      return false;
    }
  };
  for (const view of views) {
    chunk.push(view);
    if (chunk.length === CHUNK && !(await ask())) return compared;
  }
  if (chunk.length > 0) await ask();
  return compared;
}

/** Each call by itself, so that one that reverts hides no other: it says nothing. */
async function singly(node: ChainNode, calls: readonly Call[], block: number): Promise<string[]> {
  const answers: string[] = [];
  for (const { to, data } of calls) {
    const answer = node.call(to, data, block).catch((error: unknown) => {
      if (!isConsortiaError(error, "CallReverted")) throw error;
      return "0x";
    });
    answers.push(await answer);
  }
  return answers;
}

function compare(node: string, block: number, view: View, answer: string, findings: Findings): number {
  const { signature, args, figures, member } = view;
  let same = 0;
  figures.forEach(([name, expected, kind = "number"], i) => {
    const word = answer.slice(2 + WORD * i, 2 + WORD * (i + 1));
    if (word === encodeWord(expected)) {
      same += 1;
      return;
    }
    const found = word.length === WORD ? BigInt(`0x${word}`) : undefined;
    const texts = {
      expected: spell(expected, kind),
      found: found === undefined ? "nothing" : spell(found, kind),
    };
    const call = `${signature.slice(0, signature.indexOf("("))}(${args.map(shown).join(", ")})`;
    const what = name === "" ? call : `${name} of ${call}`;
    const message = `${what} is ${texts.found} at block ${block} by ${node}, and ${texts.expected} by the logs.`;
    findings.add("ViewDiffers", message, { block, ...texts, ...(member === undefined ? {} : { member }) });
  });
  return same;
}

/** A call as the chain takes it; every argument is one word. */
export function encodeCall(signature: string, args: readonly bigint[]): string {
  let selector = selectors.get(signature);
  if (selector === undefined) selectors.set(signature, (selector = id(signature).slice(0, 10)));
  return selector + args.map(encodeWord).join("");
}

const encodeWord = (value: bigint): string =>
  (value < 0n ? value + WRAP : value).toString(16).padStart(WORD, "0");

const shown = (value: bigint): string => (value < 1n << 64n ? String(value) : `0x${value.toString(16)}`);

function spell(word: bigint, kind: Kind): string {
  const signed = word >= 1n << 255n ? word - WRAP : word;
  if (kind === "amount") return tell.amount(signed);
  if (kind === "address") return `0x${word.toString(16).padStart(40, "0")}`;
  if (kind === "month")
    return signed >= 0n && signed < 1n << 16n ? tell.month(Number(signed)) : String(signed);
  if (kind === "text") return `0x${word.toString(16).padStart(64, "0")}`;
  return String(signed);
}
