import type { BaseContract, LogDescription, TransactionReceipt } from "ethers";
import { ConsortiaError } from "../core/error.ts";

/** The first event of a name that a contract logged in a transaction. @throws `EventMissing` */
export function eventOf(contract: BaseContract, receipt: TransactionReceipt, name: string): LogDescription {
  // The handles of a consortium are bound to addresses, never to names.
  const target = (contract.target as string).toLowerCase();
  for (const log of receipt.logs) {
    if (log.address.toLowerCase() !== target) continue;
    const event = contract.interface.parseLog(log);
    if (event?.name === name) return event;
  }
  throw new ConsortiaError("EventMissing", `Transaction ${receipt.hash} logged no ${name}.`, {
    values: { hash: receipt.hash, name },
  });
}
