import { basename } from "node:path";
import { hashRequest } from "../../core/commitment.ts";
import { memberId, statementNumber } from "../../core/ids.ts";
import type { Hash, MemberId, ServiceId, StatementNumber } from "../../core/ids.ts";
import type { Bundle, BundleRecord } from "../../records/bundle.ts";
import type { RecordStore } from "../../records/store.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { isNumberUsed } from "../../sdk/statements.ts";
import { listStatements, readStatement } from "./file.ts";

/** A statement at hand that bills a record: signed, posted, or waiting in the folder. */
export interface Billing {
  readonly supplier: MemberId;
  readonly number: StatementNumber;
  readonly standing: "countersigned" | "posted" | "waiting";
}

/** Which statements at hand bill what. */
export interface Held {
  /** By pair, request, service and charge. */
  of(pair: HeldPair, record: string): readonly Billing[];
  /** Whether anything bills a request for a service, whatever its charge. */
  bills(request: Hash, service: ServiceId): boolean;
}

interface HeldPair {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
}

/** A record's name within its pair, as the index of countersigned records has it. */
export function recordName({ request, service, charge }: BundleRecord): string {
  return `${hashRequest(request.requesting, request.supplying, request.id)}/${service}/${charge}`;
}

/** Reads every bundle at hand once. @throws as the store, where a bundle is damaged */
export async function readHeld(consortium: Consortium, store: RecordStore, folder: string): Promise<Held> {
  const roots = await rootsIn(folder);
  const billings = new Map<string, Billing[]>();
  const requests = new Set<string>();
  for await (const root of store.list()) {
    const bundle = await store.get(root);
    if (bundle === undefined || !isHere(consortium, bundle)) continue;
    const standing = await standingOf(consortium, roots, bundle);
    if (standing === undefined) continue;
    const { supplier, consumer, number } = bundle;
    for (const record of bundle.records) {
      const name = recordName(record);
      const key = `${supplier}/${consumer}/${name}`;
      billings.set(key, [...(billings.get(key) ?? []), { supplier, number, standing }]);
      requests.add(name.slice(0, name.lastIndexOf("/")));
    }
  }
  return {
    of: ({ supplier, consumer }, record) => billings.get(`${supplier}/${consumer}/${record}`) ?? [],
    bills: (request, service) => requests.has(`${request}/${service}`),
  };
}

function isHere({ deployment }: Consortium, { chainId, ledger }: Bundle): boolean {
  return BigInt(chainId) === deployment.chainId && ledger.toLowerCase() === deployment.ledger.toLowerCase();
}

/** A bundle whose number a corrected statement has taken over stands for nothing, unless it was signed. */
async function standingOf(
  consortium: Consortium,
  roots: ReadonlyMap<string, Hash | undefined>,
  { supplier, number, root, statement }: Bundle,
): Promise<Billing["standing"] | undefined> {
  if (isSigned(statement)) return "countersigned";
  const name = `${supplier}-${number}`;
  const current = roots.get(name) ?? root;
  if (current !== root) return undefined;
  if (await isNumberUsed(consortium, supplier, number)) return "posted";
  return roots.has(name) ? "waiting" : undefined;
}

function isSigned(statement: unknown): boolean {
  return typeof statement === "object" && statement !== null && "countersignature" in statement;
}

/** Roots of the statements in a folder, by supplier and number; unknown where a file is damaged. */
async function rootsIn(folder: string): Promise<Map<string, Hash | undefined>> {
  const roots = new Map<string, Hash | undefined>();
  for (const path of await listStatements(folder)) {
    const file = await readStatement(path).catch(() => undefined);
    roots.set(basename(path, ".json"), file?.statement.root);
  }
  return roots;
}

/** Numbers by supplier that statements in a folder bear, posted or not, damaged or not. */
export async function numbersIn(folder: string): Promise<Map<MemberId, Set<number>>> {
  const taken = new Map<MemberId, Set<number>>();
  for (const path of await listStatements(folder)) note(taken, basename(path, ".json"));
  return taken;
}

function note(taken: Map<MemberId, Set<number>>, name: string): void {
  const [supplier, number] = name.split("-").map(Number);
  const id = memberId(supplier ?? 0);
  taken.set(id, (taken.get(id) ?? new Set()).add(statementNumber(number ?? -1)));
}
