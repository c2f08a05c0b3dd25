import { encodeBytes32String, getBytes, hexlify, id, Wallet, type Interface } from "ethers";
import type { AuditBlock, RawLog } from "../../src/auditor/chain/block.ts";
import type { Site } from "../../src/auditor/chain/discover.ts";
import type { FindingCode } from "../../src/auditor/codes.ts";
import { createEngine } from "../../src/auditor/engine/engine.ts";
import { FindingList } from "../../src/auditor/finding.ts";
import { Fold } from "../../src/auditor/fold/fold.ts";
import { FoldState } from "../../src/auditor/fold/state.ts";
import type { AuditTerms } from "../../src/auditor/terms.ts";
import { ledgerDomain, signStatement, statementDigest } from "../../src/chain/signing.ts";
import {
  Advances__factory,
  Charter__factory,
  Claims__factory,
  Compensation__factory,
  CreditToken__factory,
  FeeSchedule__factory,
  Ledger__factory,
  Pricing__factory,
  Register__factory,
  Resources__factory,
  Reversals__factory,
} from "../../src/chain/types/index.ts";
import { batchRoot, type BatchLeaf } from "../../src/core/batch.ts";
import { hash, memberId, statementNumber } from "../../src/core/ids.ts";
import type { Hash, MemberId } from "../../src/core/ids.ts";
import { credits } from "../../src/core/money.ts";
import { addMonths, periodStart } from "../../src/core/period.ts";
import { encodeBatch, encodeUnsigned } from "../../src/core/statement.ts";
import type { SignedStatement, Statement } from "../../src/core/statement.ts";
import { LOAN, OCTOBER } from "./consortium.ts";
import { c, FEE, GROSS } from "./statements.ts";

/** An event by its name and its values in the order of the contract. */
export type MadeEvent = readonly [name: string, ...values: unknown[]];

export const DAY = 86_400;
export const [ADA, BOB, EVE] = [memberId(3), memberId(4), memberId(5)];
/** Where members, arbiters and strangers have their keys. */
export const keyOf = (name: string) => new Wallet(id(name));
export const addressOf = (name: string) => keyOf(name).address.toLowerCase();

const at = (name: string) => `0x${id(name).slice(-40)}`;
export const SITE: Site = {
  ...{ chainId: 31337n, ledger: at("ledger"), register: at("register"), schedule: at("schedule") },
  ...{ charter: at("charter"), asset: at("asset"), claims: at("claims"), reversals: at("reversals") },
  ...{ pricing: at("pricing"), resources: at("resources"), advances: at("advances") },
  ...{ compensation: at("compensation"), credit: at("asset") },
  ...{ fromBlock: 0, created: { block: 0, timestamp: periodStart(OCTOBER) } },
};
export const TERMS: AuditTerms = {
  ...{ withdrawalNotice: 7 * DAY, withdrawalWindow: 30 * DAY, assetDecimals: 6 },
  claims: {
    ...{ challengeWindow: 45 * DAY, awardTerm: 180 * DAY, appealWindow: 14 * DAY, appealTerm: 60 * DAY },
    ...{ bond: c("5"), limit: c("5000"), openPerPair: 4 },
  },
};
export const DOMAIN = ledgerDomain(SITE.chainId, SITE.ledger);

/** A contract that may write logs. */
export type Writer = readonly [address: string, abi: Interface];

export const CONTRACTS: readonly Writer[] = [
  [SITE.ledger, Ledger__factory.createInterface()],
  [SITE.register, Register__factory.createInterface()],
  [SITE.schedule, FeeSchedule__factory.createInterface()],
  [SITE.charter, Charter__factory.createInterface()],
  [SITE.claims ?? "", Claims__factory.createInterface()],
  [SITE.reversals ?? "", Reversals__factory.createInterface()],
  [SITE.pricing, Pricing__factory.createInterface()],
  [SITE.resources, Resources__factory.createInterface()],
  [SITE.advances ?? "", Advances__factory.createInterface()],
  [SITE.compensation ?? "", Compensation__factory.createInterface()],
  [SITE.credit ?? "", CreditToken__factory.createInterface()],
];

/** An event as a node would tell it, at no place yet. */
export function logOf([name, ...values]: MadeEvent): Pick<RawLog, "address" | "topics" | "data"> {
  for (const [address, abi] of CONTRACTS) {
    const event = abi.getEvent(name);
    if (event === null) continue;
    const { topics, data } = abi.encodeEventLog(event, values);
    return { address, topics: topics.map((topic) => topic.toLowerCase()), data: data.toLowerCase() };
  }
  throw new Error(`no contract has an event ${name}`);
}

/** A ledger that never was: logs made by hand, folded as they are told. */
export class MadeLedger {
  readonly findings = new FindingList();
  readonly state: FoldState;
  readonly fold: Fold;
  now = SITE.created.timestamp - 10 * DAY;
  #block = 0;

  constructor(terms: AuditTerms | undefined = TERMS, site = SITE) {
    this.state = new FoldState(site, createEngine({ threads: 0 }), this.findings, terms);
    this.fold = new Fold(this.state);
  }

  /** Tells one transaction in a block of its own. */
  tell(...events: readonly MadeEvent[]): this {
    this.fold.take(this.block(...events));
    return this;
  }

  /** The next block, with one transaction. */
  block(...events: readonly MadeEvent[]): AuditBlock {
    return this.place(events.map((event) => logOf(event)));
  }

  /** Logs of one transaction in a block of its own. */
  place(made: readonly Pick<RawLog, "address" | "topics" | "data">[]): AuditBlock {
    const number = ++this.#block;
    const place = {
      blockNumber: number,
      blockHash: id(`block ${number}`),
      txHash: id(`tx ${number}`),
      txIndex: 0,
    };
    const logs = made.map((log, logIndex) => ({ ...place, ...log, logIndex }));
    return { number, hash: place.blockHash, timestamp: this.now, logs };
  }

  /** Lets days pass. */
  pass(days: number): this {
    this.now += days * DAY;
    return this;
  }

  account(member: MemberId) {
    return this.state.book.account(member);
  }

  /** What was found so far, each code as often as it was found. */
  async codes(): Promise<FindingCode[]> {
    await this.state.signatures.settle();
    const { findings } = this;
    return (["wrong", "unverifiable", "note"] as const).flatMap((severity) =>
      findings.list(severity).map(({ code }) => code),
    );
  }
}

/** Months of a member as register and ledger tell them: in tier 1 since October. */
export const synced = (member: MemberId, changes: { until?: number } = {}): MadeEvent => [
  "AccountSynced",
  ...[member, OCTOBER, changes.until ?? 0, OCTOBER, 1, 1, false],
];

export const applied = (member: MemberId, isil = `XA-T${member}`): MadeEvent => [
  "MemberApplied",
  ...[member, encodeBytes32String(isil).slice(0, 34), 1, 1, 1, 1, addressOf(`payee ${member}`)],
];

/** Ada, bob and eve apply, each with a key of every right, and are members from October on. */
export function admitThree(made: MadeLedger): void {
  for (const [member, name] of [
    [ADA, "ada"],
    [BOB, "bob"],
    [EVE, "eve"],
  ] as const) {
    made.tell(applied(member), ["KeySet", member, addressOf(name), 63]);
    made.tell(["MemberAdmitted", member, OCTOBER], synced(member));
  }
}

/** Mid-October: loans cost 12 and a fee of 0.26; ada has 100 credits, bob 1,000, eve none; one arbiter, one above it. */
export function foundedLedger(terms: AuditTerms | undefined = TERMS): MadeLedger {
  const made = new MadeLedger(terms);
  const judges = Claims__factory.createInterface();
  const seat = (role: number, verb: "award" | "rule", who: string): MadeEvent[] => [
    ["RoleGranted", role, addressOf(who), 0, made.now, true],
    ["TargetFunctionRoleUpdated", SITE.claims, judges.getFunction(verb).selector, role],
  ];
  made.tell(...seat(6, "award", "arbiter"), ...seat(7, "rule", "appellate"));
  made.tell(["PriceDrafted", 1, LOAN, 1, GROSS, FEE], ["SchedulePublished", 1, OCTOBER]);
  made.pass(25).tell(["LedgerBound", SITE.ledger]);
  admitThree(made);
  const purse = addressOf("purse");
  return made.tell(["Deposited", ADA, purse, c("100")], ["Deposited", BOB, purse, c("1000")]);
}

/** One loan in October from ada to bob, unless told otherwise. */
export function madeStatement(changes: Partial<Statement> = {}): Statement {
  return {
    ...{ supplier: ADA, consumer: BOB, number: statementNumber(1), period: OCTOBER },
    ...{ lines: [{ service: LOAN, quantity: 1 }], maximum: c("1000"), root: hash(id("records")) },
    ...{ lastPeriod: addMonths(OCTOBER, 12), ...changes },
  };
}

export const digestOf = (statement: Statement) => statementDigest(DOMAIN, statement);

export async function signedBy(name: string, statement: Statement): Promise<SignedStatement> {
  return { statement, countersignature: await signStatement(keyOf(name), DOMAIN, statement) };
}

const leafOf = (
  digest: Hash,
  gross: bigint,
  fee: bigint,
  acknowledged: bigint,
  relieved = 0n,
): BatchLeaf => ({
  ...{ digest, gross: credits(gross), fee: credits(fee) },
  ...{ acknowledged: credits(acknowledged), relieved: credits(relieved) },
});

/** What a batch says besides its statements, where it does not say the truth. */
export interface BatchChanges {
  readonly period?: number;
  readonly charges?: readonly (readonly [gross: bigint, fee: bigint])[];
  readonly posted?: bigint;
  readonly root?: string;
  /** What of each became debts, and what others paid of it. */
  readonly owed?: readonly bigint[];
  readonly relieved?: readonly bigint[];
}

/** A batch: all of it posted at the price of its loans, unless told otherwise. */
export function postedEvent(signed: readonly SignedStatement[], changes: BatchChanges = {}): MadeEvent {
  const loansIn = ({ lines }: Statement) => BigInt(lines.reduce((sum, { quantity }) => sum + quantity, 0));
  const charges =
    changes.charges ??
    signed.map(({ statement }) => [GROSS * loansIn(statement), FEE * loansIn(statement)] as const);
  const posted = changes.posted ?? (1n << BigInt(signed.length)) - 1n;
  const leaves = signed.flatMap(({ statement }, i) => {
    const [gross, fee] = charges[i] ?? [0n, 0n];
    const [owed, relieved] = [changes.owed?.[i] ?? 0n, changes.relieved?.[i] ?? 0n];
    const leaf = leafOf(digestOf(statement), gross, fee, owed, relieved);
    return (posted >> BigInt(i)) & 1n ? [leaf] : [];
  });
  const packed = charges.flat().map((amount) => amount.toString(16).padStart(16, "0"));
  const { supplier } = signed[0]?.statement ?? madeStatement();
  return [
    "StatementsPosted",
    ...[supplier, changes.period ?? OCTOBER, changes.root ?? batchRoot(leaves), posted],
    ...[hexlify(encodeBatch(signed)), `0x${packed.join("")}`],
  ];
}

/** A claim's opening with its bond. */
export function openedEvents(
  statement: Statement,
  changes: { gross?: bigint; bond?: bigint } = {},
): MadeEvent[] {
  const { supplier, consumer, number } = statement;
  const quantity = BigInt(statement.lines.reduce((sum, line) => sum + line.quantity, 0));
  const [gross, fee] = [changes.gross ?? GROSS * quantity, FEE * quantity];
  const packed = hexlify(encodeUnsigned(statement));
  return [
    ["BondLocked", supplier, number, changes.bond ?? c("5")],
    ["ClaimOpened", digestOf(statement), supplier, consumer, packed, gross, fee],
  ];
}

/** How a claim ends, in the order of the contract's `Outcome`. */
export const OUTCOME = {
  unchallenged: 0,
  accepted: 1,
  proven: 2,
  awarded: 3,
  withdrawn: 4,
  lapsed: 5,
} as const;

/** A claim's end as it should be: the bond to the supplier, the charge under its own root. */
export function endedEvents(
  statement: Statement,
  outcome: keyof typeof OUTCOME,
  { gross = 0n, fee = 0n, acknowledged = 0n, bondTo = statement.supplier } = {},
): MadeEvent[] {
  const { supplier, consumer } = statement;
  const digest = digestOf(statement);
  const root = batchRoot([leafOf(digest, gross, fee, acknowledged)]);
  return [
    ["BondReleased", bondTo, c("5")],
    ...(gross + fee === 0n ? [] : [["ClaimCharged", supplier, consumer, root, gross, fee] as const]),
    ["ClaimEnded", digest, OUTCOME[outcome], gross, fee, acknowledged],
  ];
}

/** Bytes with one of them changed. */
export const spoiled = (bytes: Uint8Array): string => {
  const copy = getBytes(bytes, "bytes").slice();
  copy[copy.length - 1]! ^= 1;
  return hexlify(copy);
};
