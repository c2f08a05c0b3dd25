import { Interface, getBytes, hexlify } from "ethers";
import type { AuditBlock, RawLog } from "../../src/auditor/chain/block.ts";
import {
  Admissions__factory,
  Advances__factory,
  Amendments__factory,
  Chamber__factory,
  Charter__factory,
  Claims__factory,
  Compensation__factory,
  CreditToken__factory,
  Delegates__factory,
  Elections__factory,
  FeeSchedule__factory,
  Ledger__factory,
  Pricing__factory,
  Register__factory,
  Resources__factory,
  Reversals__factory,
  Seats__factory,
  Voice__factory,
} from "../../src/chain/types/index.ts";

const EVENTS = new Interface(
  [
    Charter__factory,
    Register__factory,
    FeeSchedule__factory,
    Ledger__factory,
    Claims__factory,
    Reversals__factory,
    Advances__factory,
    Pricing__factory,
    Resources__factory,
    Compensation__factory,
    CreditToken__factory,
    Voice__factory,
    Seats__factory,
    Delegates__factory,
    Elections__factory,
    Chamber__factory,
    Amendments__factory,
    Admissions__factory,
  ].flatMap(({ abi }) => (abi as readonly { type: string }[]).filter(({ type }) => type === "event")),
);

/** An event's arguments by name. */
export type Args = Record<string, unknown>;
/** Which of the logs of an event: told by its arguments. An event is named, or spelled out where others share its name. */
export type Which = (args: Args) => boolean;

const any: Which = () => true;

/** The logs with the first one of an event changed. @throws where there is none */
export function edit(
  blocks: readonly AuditBlock[],
  event: string,
  change: (args: Args) => Args,
  which: Which = any,
): AuditBlock[] {
  return mapFirst(blocks, event, which, (log, args) => {
    const fragment = EVENTS.getEvent(event)!;
    const given = { ...args, ...change(args) };
    const { topics, data } = EVENTS.encodeEventLog(
      fragment,
      fragment.inputs.map(({ name }) => given[name]),
    );
    return [{ ...log, topics: topics.map((topic) => topic.toLowerCase()), data: data.toLowerCase() }];
  });
}

/**
 * The logs with one more, right after the first one of an event and in its transaction.
 * @param by an event of the contract that is to have written it; the one that wrote the first by default
 */
export function insert(
  blocks: readonly AuditBlock[],
  event: string,
  added: { readonly event: string; readonly values: readonly unknown[] },
  by = event,
  which: Which = any,
): AuditBlock[] {
  const { topics, data } = EVENTS.encodeEventLog(EVENTS.getEvent(added.event)!, [...added.values]);
  const logs = blocks.flatMap((block) => block.logs);
  const writer = logs.find((log) => matches(log, by, any) !== undefined)?.address;
  if (writer === undefined) throw new Error(`nobody wrote ${by}`);
  const lower = topics.map((topic) => topic.toLowerCase());
  return mapFirst(blocks, event, which, (log) => [
    log,
    { ...log, address: writer, topics: lower, data: data.toLowerCase() },
  ]);
}

/** The logs without the first one of an event. */
export function drop(blocks: readonly AuditBlock[], event: string, which: Which = any): AuditBlock[] {
  return mapFirst(blocks, event, which, () => []);
}

/** The logs with the first one of an event told twice. */
export function double(blocks: readonly AuditBlock[], event: string, which: Which = any): AuditBlock[] {
  return mapFirst(blocks, event, which, (log) => [log, log]);
}

/** What the first log of an event says. */
export function look(blocks: readonly AuditBlock[], event: string, which: Which = any): Args {
  for (const { logs } of blocks) {
    for (const log of logs) {
      const args = matches(log, event, which);
      if (args !== undefined) return args;
    }
  }
  throw new Error(`no log of ${event}`);
}

/** The block of the first log of an event, changed. */
export function inBlock(
  blocks: readonly AuditBlock[],
  event: string,
  change: (block: AuditBlock) => AuditBlock,
  which: Which = any,
): AuditBlock[] {
  const at = blocks.findIndex(({ logs }) => logs.some((log) => matches(log, event, which) !== undefined));
  if (at < 0) throw new Error(`no log of ${event}`);
  return blocks.map((block, index) => (index === at ? change(block) : block));
}

/** Bytes with some of them changed. */
export function patch(bytes: unknown, offset: number, change: (byte: number) => number, width = 1): string {
  const patched = getBytes(String(bytes)).slice();
  for (let i = offset; i < offset + width; i++) patched[i] = change(patched[i]!) & 0xff;
  return hexlify(patched);
}

function mapFirst(
  blocks: readonly AuditBlock[],
  event: string,
  which: Which,
  map: (log: RawLog, args: Args) => RawLog[],
): AuditBlock[] {
  const seen: RawLog[] = [];
  const mapped = blocks.map((block) => ({
    ...block,
    logs: block.logs.flatMap((log) => {
      const args = seen.length > 0 ? undefined : matches(log, event, which);
      if (args === undefined) return [log];
      seen.push(log);
      return map(log, args);
    }),
  }));
  if (seen.length === 0) throw new Error(`no log of ${event} to lie about`);
  return mapped;
}

function matches(log: RawLog, event: string, which: Which): Args | undefined {
  const parsed = EVENTS.parseLog({ topics: [...log.topics], data: log.data });
  if (parsed?.name !== event && parsed?.signature !== event) return undefined;
  const args = parsed.args.toObject() as Args;
  return which(args) ? args : undefined;
}
