import { isAddress, isHexString } from "ethers";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { houseContracts } from "../../sdk/house.ts";
import type { PreparedCall } from "../../sdk/verb.ts";
import { readJson } from "../shell/files.ts";
import { callsOfAct } from "./acts.ts";

/**
 * Reads calls that somebody wrote down: a list of acts (`"admit 7"`), of functions
 * (`{"contract":"Charter","function":"grantRole","args":[…]}`), or of bare calls (`{"to":"0x…","data":"0x…"}`).
 * @throws `CallsInvalid` naming the entry; `FileUnreadable`, `FileNotJson`
 */
export async function readCalls(consortium: Consortium, path: string): Promise<PreparedCall[]> {
  const source = await readJson(path);
  if (!Array.isArray(source) || source.length === 0) {
    throw new ConsortiaError("CallsInvalid", `${path} is no list of calls. Write at least one in [ ].`);
  }
  const calls: PreparedCall[] = [];
  for (const [index, entry] of (source as unknown[]).entries()) {
    try {
      calls.push(...(await callsIn(consortium, entry)));
    } catch (cause) {
      const why = isConsortiaError(cause) ? cause.message : cause instanceof Error ? cause.message : "";
      const message = `Call ${index + 1} of ${path} is none: ${why}`;
      throw new ConsortiaError("CallsInvalid", message, { cause, values: { path, index } });
    }
  }
  return calls;
}

async function callsIn(consortium: Consortium, entry: unknown): Promise<readonly PreparedCall[]> {
  if (typeof entry === "string") return (await callsOfAct(consortium, entry.split(/\s+/))).calls;
  const { to, data, contract, function: name, args } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (isAddress(to) && isHexString(data)) return [{ to, data }];
  const found = houseContracts(consortium).find((one) => one.name === contract);
  if (found === undefined || typeof name !== "string" || !Array.isArray(args)) {
    const names = houseContracts(consortium).map((one) => one.name);
    throw new TypeError(
      `it needs "to" and "data", or "contract" (${names.join(", ")}), "function" and "args".`,
    );
  }
  return [{ to: found.address, data: found.handle.interface.encodeFunctionData(name, args) }];
}

/** A call in words: `FeeSchedule.publish(2, 24323)`; as it is where it goes elsewhere. */
export function callText(consortium: Consortium, { to, data }: PreparedCall): string {
  const found = houseContracts(consortium).find(({ address }) => address.toLowerCase() === to.toLowerCase());
  const call = found?.handle.interface.parseTransaction({ data });
  if (found === undefined || call === null || call === undefined) return `${to} ${data}`;
  const args = call.args.map((value: unknown, index) => {
    const nested = call.fragment.inputs[index]?.type === "bytes" ? innerText(consortium, value) : undefined;
    return nested ?? String(value);
  });
  return `${found.name}.${call.name}(${args.join(", ")})`;
}

/** What is vetoed is a call itself. */
function innerText(consortium: Consortium, data: unknown): string | undefined {
  for (const { name, handle } of houseContracts(consortium)) {
    const call = handle.interface.parseTransaction({ data: String(data) });
    if (call !== null) return `${name}.${call.name}(${call.args.map(String).join(", ")})`;
  }
  return undefined;
}
