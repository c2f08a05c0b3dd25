import { readLogs } from "../chain/events.ts";
import { ConsortiaError } from "../core/error.ts";
import { hash, type Hash } from "../core/ids.ts";
import { ROLES } from "../core/roles.ts";
import type { Office } from "../core/roles.ts";
import type { Consortium } from "./consortium.ts";
import { verb } from "./verb.ts";
import type { PreparedCall } from "./verb.ts";

/** Pins the hash of another charter text. The charter's administrators. */
export const { prepare: prepareText, send: sendText } = verb<{ textHash: string }>((c, a) =>
  c.contracts.charter.pinText.populateTransaction(a.textHash),
);

/** Names the ledger that the register tells of every change. The charter's administrators. */
export const { prepare: prepareLedgerBinding, send: sendLedgerBinding } = verb<{ ledger: string }>((c, a) =>
  c.contracts.register.bindLedger.populateTransaction(a.ledger),
);

/** The hash of the charter's text that was in force at a block. @throws `CharterTextUnknown` */
export async function readTextHash(
  { contracts, deployment, provider }: Consortium,
  toBlock: number,
): Promise<Hash> {
  const topics = await contracts.charter.filters.CharterTextPinned().getTopicFilter();
  const range = { address: deployment.charter, topics, fromBlock: deployment.fromBlock, toBlock };
  let found: Hash | undefined;
  for await (const log of readLogs(provider, range)) found = hash(log.topics[1] ?? "");
  if (found !== undefined) return found;
  throw new ConsortiaError(
    "CharterTextUnknown",
    `The node's logs tell of no charter text up to block ${toBlock}. Ask another node.`,
    { values: { toBlock } },
  );
}

/** Vetoes what the Board has scheduled: the same call, before it is executed. The Council. */
export const { prepare: prepareVeto, send: sendVeto } = verb<{
  /** What the Board would call. */
  call: PreparedCall;
  /** Who scheduled it; the Board's chamber by default. */
  scheduler?: string;
}>((c, a) =>
  c.contracts.charter.cancel.populateTransaction(
    a.scheduler ?? c.deployment.governance.board,
    a.call.to,
    a.call.data,
  ),
);

/** Somebody in an office. */
interface Officer {
  readonly office: Office;
  readonly holder: string;
}

/** Seats somebody in an office. The Council. */
export const { prepare: prepareOfficeGrant, send: sendOfficeGrant } = verb<Officer>((c, a) =>
  c.contracts.charter.grantRole.populateTransaction(ROLES[a.office], a.holder, 0),
);

/** Takes an office from somebody. The Council. */
export const { prepare: prepareOfficeRevocation, send: sendOfficeRevocation } = verb<Officer>((c, a) =>
  c.contracts.charter.revokeRole.populateTransaction(ROLES[a.office], a.holder),
);
