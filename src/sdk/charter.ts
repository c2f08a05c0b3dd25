import { verb } from "./verb.ts";

/** Pins the hash of another charter text. The charter's administrators. */
export const { prepare: prepareText, send: sendText } = verb<{ textHash: string }>((c, a) =>
  c.contracts.charter.pinText.populateTransaction(a.textHash),
);

/** Names the ledger that the register tells of every change. The charter's administrators. */
export const { prepare: prepareLedgerBinding, send: sendLedgerBinding } = verb<{ ledger: string }>((c, a) =>
  c.contracts.register.bindLedger.populateTransaction(a.ledger),
);
