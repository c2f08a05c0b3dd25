import { putBig, putHex, putUint, WORD } from "./abi.ts";
import { ConsortiaError } from "./error.ts";
import { hash, type Hash } from "./ids.ts";
import { keccak256, toHash } from "./keccak.ts";
import { LINE_LIMIT } from "./statement.ts";
import type { Statement } from "./statement.ts";
import { STATEMENT_TYPES } from "./typed-data.ts";

/**
 * What a consumer countersigns, by EIP-712:
 *
 *     separator = keccak256(DOMAIN_TYPEHASH ‖ keccak256(name) ‖ keccak256(version) ‖ chainId ‖ ledger)
 *     line      = keccak256(LINE_TYPEHASH ‖ service ‖ quantity ‖ resource), resource 0 for none
 *     struct    = keccak256(STATEMENT_TYPEHASH ‖ supplier ‖ consumer ‖ number ‖ period ‖ keccak256(line ‖ …)
 *                           ‖ maximum ‖ root ‖ lastPeriod)
 *     digest    = keccak256(0x1901 ‖ separator ‖ struct)
 *
 * each value in a word of its own. Types are read once and buffers kept, so that an audit hashes statements by the
 * hundred thousand.
 */

/** The name and the version that every signature for a ledger carries. */
export const LEDGER_NAME = "Consortia Ledger";
export const LEDGER_VERSION = "1";

const hashText = (content: string): Uint8Array => keccak256(new TextEncoder().encode(content));
const spell = (name: "Statement" | "Line"): string =>
  `${name}(${STATEMENT_TYPES[name].map((field) => `${field.type} ${field.name}`).join(",")})`;

const DOMAIN_TYPEHASH = hashText(
  "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)",
);
const NAME_HASH = hashText(LEDGER_NAME);
const VERSION_HASH = hashText(LEDGER_VERSION);
const STATEMENT_TYPEHASH = hashText(spell("Statement") + spell("Line"));
const LINE_TYPEHASH = hashText(spell("Line"));
const UINT64 = (1n << 64n) - 1n;

/** What sets a ledger's signatures apart from every other's. @throws `LedgerInvalid`, `ChainIdInvalid` */
export function ledgerSeparator(chainId: bigint, ledger: string): Uint8Array {
  if (chainId < 0n || chainId >= 1n << 256n) {
    throw new ConsortiaError("ChainIdInvalid", `${chainId} is not a chain's number.`, {
      values: { chainId },
    });
  }
  if (!/^0x[0-9a-fA-F]{40}$/.test(ledger)) {
    throw new ConsortiaError("LedgerInvalid", `"${ledger}" is not the address of a ledger.`, {
      values: { ledger },
    });
  }
  const words = new Uint8Array(5 * WORD);
  words.set(DOMAIN_TYPEHASH, 0);
  words.set(NAME_HASH, WORD);
  words.set(VERSION_HASH, 2 * WORD);
  putBig(words, 3 * WORD, WORD, chainId);
  putHex(words, 4 * WORD, WORD, ledger);
  return keccak256(words);
}

/**
 * Writes the digest of a statement into 32 bytes of a target, from an offset on.
 * @throws `StatementInvalid`, `StatementTooLong`, `HashInvalid`
 */
export type StatementHasher = (statement: Statement, target: Uint8Array, offset: number) => void;

/** Hashes many statements of one ledger. @throws `LedgerInvalid`, `ChainIdInvalid` */
export function createStatementHasher(chainId: bigint, ledger: string): StatementHasher {
  const line = new Uint8Array(4 * WORD);
  line.set(LINE_TYPEHASH, 0);
  const struct = new Uint8Array(9 * WORD);
  struct.set(STATEMENT_TYPEHASH, 0);
  const signed = new Uint8Array(2 + 2 * WORD);
  signed.set([0x19, 0x01]);
  signed.set(ledgerSeparator(chainId, ledger), 2);
  const lines = new Uint8Array(LINE_LIMIT * WORD);

  return (statement, target, offset) => {
    const count = statement.lines.length;
    if (count > LINE_LIMIT) {
      throw new ConsortiaError(
        "StatementTooLong",
        `A statement carries at most ${LINE_LIMIT} lines, this one has ${count}. Split it.`,
      );
    }
    for (let i = 0; i < count; i++) {
      const { service, quantity, resource } = statement.lines[i]!;
      putWord(line, 1, 2, service, "service");
      putWord(line, 2, 4, quantity, "quantity");
      putWord(line, 3, 4, resource ?? 0, "resource");
      lines.set(keccak256(line), i * WORD);
    }
    putWord(struct, 1, 4, statement.supplier, "supplier");
    putWord(struct, 2, 4, statement.consumer, "consumer");
    putWord(struct, 3, 4, statement.number, "number");
    putWord(struct, 4, 2, statement.period, "period");
    struct.set(keccak256(lines.subarray(0, count * WORD)), 5 * WORD);
    if (statement.maximum < 0n || statement.maximum > UINT64) throw invalid("maximum", statement.maximum);
    putBig(struct, 7 * WORD - 8, 8, statement.maximum);
    putHex(struct, 7 * WORD, WORD, hash(statement.root));
    putWord(struct, 8, 2, statement.lastPeriod, "lastPeriod");
    signed.set(keccak256(struct), 2 + WORD);
    target.set(keccak256(signed), offset);
  };
}

/** Writes an unsigned integer of so many bytes into a word; what is too wide would be signed as something else. */
function putWord(target: Uint8Array, word: number, bytes: number, value: number, field: string): void {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * bytes)) throw invalid(field, value);
  putUint(target, (word + 1) * WORD - bytes, bytes, value);
}

function invalid(field: string, value: unknown): ConsortiaError {
  return new ConsortiaError(
    "StatementInvalid",
    `A statement's ${field} cannot be ${String(value)}. Give a whole number that its field can hold.`,
    { values: { field, value } },
  );
}

/** The digest of one statement. @throws `LedgerInvalid`, `ChainIdInvalid`; as {@link StatementHasher} */
export function hashStatement(chainId: bigint, ledger: string, statement: Statement): Hash {
  const digest = new Uint8Array(WORD);
  createStatementHasher(chainId, ledger)(statement, digest, 0);
  return toHash(digest);
}
