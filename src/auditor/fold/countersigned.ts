import { COMMONS } from "../../core/ids.ts";
import type { SignedStatement, Statement } from "../../core/statement.ts";
import type { FindingCode } from "../codes.ts";
import { sentence } from "./ground.ts";
import { RIGHTS } from "./keys.ts";
import type { FoldState } from "./state.ts";
import { nameOf, refOf } from "./statements.ts";

/** What a countersignature must be found to be. */
export interface Expected {
  /** What is wrong where it is not. */
  readonly code: FindingCode;
  /** Where the chain says that nobody entitled signed: who did, as it says. */
  readonly refused?: string;
  /** Where the chain says that who signed for COMMONS is not accredited: for which service first. */
  readonly lacking?: number;
}

/** The EIP-712 digest of a statement. */
export function digestOf(state: FoldState, statement: Statement): Uint8Array {
  const digest = new Uint8Array(32);
  state.hashStatement(statement, digest, 0);
  return digest;
}

/** Has a countersignature judged: of a consumer's key with the right, and of COMMONS accredited for every service. */
export function askCountersignature(
  state: FoldState,
  { statement, countersignature }: SignedStatement,
  digest: Uint8Array,
  { code, refused, lacking }: Expected,
): void {
  const { position, place } = state.ground;
  const { consumer, lines } = statement;
  const attests = {
    unaccredited: (key: string) => state.attestors.unaccredited(key, lines, position),
    lacking,
  };
  state.signatures.add(digest, countersignature, {
    ...{ member: consumer, right: RIGHTS.countersign, position, place, code },
    statement: refOf(statement),
    what: () => sentence(nameOf(statement)),
    ...(refused === undefined ? {} : { refused }),
    ...(consumer === COMMONS ? { attests } : {}),
  });
}
