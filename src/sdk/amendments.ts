import { ZeroHash, type TransactionReceipt } from "ethers";
import { hash } from "../core/ids.ts";
import type { Hash } from "../core/ids.ts";
import type { Consortium } from "./consortium.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";
import type { PreparedCall } from "./verb.ts";

/** What an amendment does: calls as the charter's administrator, in this order, and another text. */
export interface AmendmentBody {
  readonly calls: readonly PreparedCall[];
  /** Hash of the charter's new text; where it is missing the text stays. */
  readonly text?: Hash;
}

/** An amendment as its contract takes it. */
function termsOf({ calls, text }: AmendmentBody): [targets: string[], calldatas: string[], text: string] {
  return [calls.map(({ to }) => to), calls.map(({ data }) => data), text ?? ZeroHash];
}

const amendment = verb<AmendmentBody>((c, a) =>
  c.contracts.governance.amendments.propose.populateTransaction(...termsOf(a)),
);
/** Proposes an amendment. Anyone; it takes the Council and the Assembly to pass it. */
export const prepareAmendment = amendment.prepare;

/** Proposes an amendment and returns its id. */
export async function sendAmendment(
  consortium: Consortium,
  input: AmendmentBody,
): Promise<{ amendment: Hash; receipt: TransactionReceipt }> {
  const receipt = await amendment.send(consortium, input);
  const { args } = eventOf(consortium.contracts.governance.amendments, receipt, "AmendmentProposed");
  return { amendment: hash(args.amendment as string), receipt };
}

/** Ratifies an amendment. The Council, by two thirds: what it proposes to itself. */
export const { prepare: prepareRatification, send: sendRatification } = verb<Hash>((c, amendment) =>
  c.contracts.governance.amendments.ratify.populateTransaction(amendment),
);

/** Approves an amendment. The Assembly: what it is proposed to it. */
export const { prepare: prepareApproval, send: sendApproval } = verb<Hash>((c, amendment) =>
  c.contracts.governance.amendments.approve.populateTransaction(amendment),
);

/** Insists on an amendment. The Assembly, by two thirds; twice, 60 days apart, it passes without the Council. */
export const { prepare: prepareInsistence, send: sendInsistence } = verb<Hash>((c, amendment) =>
  c.contracts.governance.amendments.insist.populateTransaction(amendment),
);

/** Executes an amendment that has passed, in its time. Anyone. */
export const { prepare: prepareAmendmentExecution, send: sendAmendmentExecution } = verb<AmendmentBody>(
  (c, a) => c.contracts.governance.amendments.execute.populateTransaction(...termsOf(a)),
);

/** Where an amendment stands; times in seconds since 1970, undefined where it did not happen. */
export interface Amendment {
  readonly amendment: Hash;
  readonly proposedAt?: number;
  readonly ratifiedAt?: number;
  readonly approvedAt?: number;
  readonly insistedAt?: number;
  readonly readyAt?: number;
  readonly executed: boolean;
}

export async function readAmendment(consortium: Consortium, amendment: Hash): Promise<Amendment> {
  const one = await read(consortium.contracts.governance.amendments.amendmentOf(amendment));
  const times = (["proposedAt", "ratifiedAt", "approvedAt", "insistedAt", "readyAt"] as const).flatMap(
    (name) => (one[name] === 0n ? [] : [[name, Number(one[name])] as const]),
  );
  return { amendment, ...Object.fromEntries(times), executed: one.executed };
}
