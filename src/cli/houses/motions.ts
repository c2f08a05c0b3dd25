import type { Command } from "commander";
import type { House } from "../../chain/ballotSigning.ts";
import { ConsortiaError } from "../../core/error.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import type { Motion } from "../../sdk/proposals.ts";
import { readJson, readWords, writeText } from "../shell/files.ts";
import { ACTS, callsOfAct, usageOf } from "./acts.ts";
import { readCalls } from "./calls.ts";
import { house, HOUSES } from "./named.ts";

/** What a motion is made of, as somebody typed it. */
export interface MotionWords {
  readonly house?: House;
  readonly description: string;
}

/**
 * A motion of a named act, or of the calls in a file.
 * @param words the act with its words, or one path that ends in .json
 * @throws `HouseUnnamed`, `ActUnknown`, `CallsInvalid`, `DescriptionEmpty`, `FileUnreadable`
 */
export async function makeMotion(
  consortium: Consortium,
  words: readonly string[],
  { house: decides, description: file }: MotionWords,
): Promise<Motion> {
  const description = await readDescription(file);
  const [path] = words;
  if (words.length === 1 && path?.endsWith(".json") === true) {
    const calls = await readCalls(consortium, path);
    if (decides !== undefined) return { house: decides, calls, description };
    throw new ConsortiaError("HouseUnnamed", `Name the --house that is to decide: ${HOUSES.join(", ")}.`);
  }
  const named = await callsOfAct(consortium, words);
  return { house: decides ?? named.house, calls: named.calls, description };
}

async function readDescription(path: string): Promise<string> {
  const text = await readWords(path);
  if (text.trim() !== "") return text;
  const message = `The description ${path} is empty. Write down there what is proposed, and why.`;
  throw new ConsortiaError("DescriptionEmpty", message, { values: { path } });
}

/** A motion in a file, so that all who sign a petition sign the same. */
export async function writeMotion(path: string, { deployment }: Consortium, motion: Motion): Promise<void> {
  const plain = { version: 1, chainId: Number(deployment.chainId), ...motion };
  await writeText(path, `${JSON.stringify(plain, null, 2)}\n`);
}

/** @throws `MotionInvalid`, `FileUnreadable`, `FileNotJson` */
export async function readMotion(path: string): Promise<Motion> {
  const {
    version,
    house: decides,
    calls,
    description,
  } = (await readJson(path)) as Readonly<Record<string, unknown>>;
  const named = HOUSES.find((one) => one === decides);
  const list = Array.isArray(calls) ? (calls as unknown[]) : [];
  const read = list.flatMap((call) => {
    const { to, data } = (call ?? {}) as Readonly<Record<string, unknown>>;
    return typeof to === "string" && typeof data === "string" ? [{ to, data }] : [];
  });
  const whole = read.length === list.length && read.length > 0;
  if (version === 1 && named !== undefined && whole && typeof description === "string") {
    return { house: named, calls: read, description };
  }
  const message = `${path} is no motion, or was damaged. Write it with "consortia proposal petition draft".`;
  throw new ConsortiaError("MotionInvalid", message, { values: { path } });
}

/** Adds what a motion is made of, with the acts that there are. */
export function withActs(one: Command): Command {
  const acts = Object.keys(ACTS).map((name) => `  ${usageOf(name)} (${ACTS[name]?.house ?? ""})`);
  return one
    .argument("<act...>", "a named act with its words, or a JSON file with calls")
    .option("--house <house>", "who decides; by default whose matter the act is", house)
    .requiredOption("--description <file>", "what is proposed, and why; the chain keeps it whole")
    .addHelpText(
      "after",
      `\nActs, and who decides:\n${acts.join("\n")}\n
Calls in a file: ["admit 7", {"contract":"Charter","function":"labelRole","args":[12,"steward"]}, {"to":"0x…","data":"0x…"}]`,
    );
}
