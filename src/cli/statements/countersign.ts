import { rm } from "node:fs/promises";
import { ConsortiaError } from "../../core/error.ts";
import { COMMONS, type MemberId } from "../../core/ids.ts";
import type { Statement } from "../../core/statement.ts";
import type { RecordStore } from "../../records/store.ts";
import { listAttestors, listUnaccredited } from "../../sdk/attestors.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readKey } from "../../sdk/keys.ts";
import type { Service } from "../network/services.ts";
import { differencesPath, writeDifferences } from "./differences.ts";
import type { Examination } from "./examine.ts";
import { plainStatement, readStatement, writeStatement, type StatementFile } from "./file.ts";
import { faultsOf, reportOf } from "./show.ts";
import { signNoted } from "./sign.ts";

/** What a statement is examined with before it is signed. */
export interface Desk {
  readonly examine: (file: StatementFile) => Promise<Examination>;
  readonly store: RecordStore;
  /** The record store's own folder. */
  readonly folder: string;
  readonly services: readonly Service[];
}

/** Which statements are to be signed. */
export interface Choice {
  /** Whether statements were named: then one that cannot be signed is an error, and a signed one is signed again. */
  readonly named: boolean;
  readonly consumer: MemberId | undefined;
}

/** What became of a statement. */
export interface Countersigned {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly number: number;
  readonly outcome: "signed" | "refused";
  /** Why it was refused; else nothing. */
  readonly why: string;
  /** Where that is written down for its supplier; else nothing. */
  readonly differences: string;
}

/**
 * Signs one statement with the key at hand and puts the signature into its file and its bundle, or writes beside it why not.
 * Undefined where it is not this key's to sign and nobody named it.
 * @throws `RightMissing`, `NotAccredited`, and as examining and signing do
 */
export async function countersignFile(
  consortium: Consortium,
  { examine, store, folder, services }: Desk,
  path: string,
  { named, consumer }: Choice,
): Promise<Countersigned | undefined> {
  const file = await readStatement(path);
  const { statement } = file;
  if (consumer !== undefined && statement.consumer !== consumer) return undefined;
  if (!named && file.countersignature !== undefined) return undefined;
  const hindrance = await hindranceOf(consortium, statement, services);
  if (hindrance !== undefined) {
    if (!named && consumer === undefined) return undefined;
    throw hindrance;
  }
  const facts = { supplier: statement.supplier, consumer: statement.consumer, number: statement.number };
  const unsigned = { chainId: file.chainId, ledger: file.ledger, statement };
  const found = await examine(unsigned);
  const bundle = await store.get(statement.root);
  if (!found.ok || bundle === undefined) {
    const differences = differencesPath(path);
    await writeDifferences(differences, reportOf(unsigned, found));
    return { ...facts, outcome: "refused", why: faultsOf(found).join("; "), differences };
  }
  const countersignature = await signNoted(consortium, folder, statement, bundle);
  const signed = { ...unsigned, countersignature };
  await store.put({ ...bundle, statement: plainStatement(signed) });
  await writeStatement(path, signed);
  await rm(differencesPath(path), { force: true });
  return { ...facts, outcome: "signed", why: "", differences: "" };
}

/** Why the key at hand may not sign a statement, if it may not: a right is missing, or what COMMONS asks of an attestor. */
async function hindranceOf(
  consortium: Consortium,
  { consumer, lines }: Statement,
  services: readonly Service[],
): Promise<ConsortiaError | undefined> {
  const key = await consortium.signer?.getAddress();
  if (key === undefined)
    return new ConsortiaError("SignerMissing", "This needs the consumer's key. Name its --keystore.");
  const { rights } = await readKey(consortium, consumer, key);
  if (!rights.includes("countersign")) {
    return new ConsortiaError(
      "RightMissing",
      `${key} is no living key of member ${consumer} with the right to countersign. Use another key, or have the right granted.`,
      { values: { key, member: consumer } },
    );
  }
  if (consumer !== COMMONS) return undefined;
  const missing = await listUnaccredited(consortium, key, lines);
  if (missing.length === 0) return undefined;
  const codes = missing.map((id) => services.find((service) => service.id === id)?.code ?? String(id));
  const able = (await listAttestors(consortium)).filter(
    (one) => one.countersigns && lines.every(({ service }) => one.services.includes(service)),
  );
  const todo =
    able.length === 0
      ? 'Nobody attests all that it bills; have a key of COMMONS accredited, see "consortia attestor accredit"'
      : `Have it signed by ${able.map((one) => one.key).join(" or ")}`;
  return new ConsortiaError("NotAccredited", `${key} is not accredited for ${codes.join(", ")}. ${todo}.`, {
    values: { key, services: codes },
  });
}
