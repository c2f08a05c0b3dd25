import { briefText, hashBrief, makeBrief, NOTHING_AT_HAND, plainBrief } from "../../core/brief.ts";
import type { BriefTerms } from "../../core/brief.ts";
import { parseBriefTerms } from "../../core/brief-terms.ts";
import { ConsortiaError } from "../../core/error.ts";
import type { Hash } from "../../core/ids.ts";
import { formatCredits } from "../../core/money.ts";
import { ANY_TIER, type ConditionalPrice, type Price } from "../../core/schedule.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readVersion, type VersionPrices } from "../../sdk/schedules.ts";
import { read } from "../../sdk/verb.ts";
import { named, type Service } from "../network/services.ts";
import { conditionWords } from "../report/conditions.ts";
import { readDemand, type AtHand } from "./demand.ts";
import { readFacts } from "./facts.ts";

/** Where a brief says something else than what follows from the chain. */
export interface BriefDifference {
  /** Such as `members[0].costs.difference`. */
  readonly where: string;
  readonly stated: string;
  readonly derived: string;
}

export interface BriefCheck {
  readonly hash: Hash;
  readonly terms: BriefTerms;
  readonly differences: readonly BriefDifference[];
  /** Parts that the proposer states and that nothing at hand confirms. */
  readonly unconfirmed: readonly string[];
  /** Prices of the proposed version that are no longer those of the brief. */
  readonly redrafted: readonly BriefDifference[];
}

/** The most differences that are told. */
const TOLD = 50;

/**
 * Derives a brief anew from the chain and compares every figure.
 * @param services what services are called here, so that no price passes for another's
 * @throws `BriefInvalid`, `BriefElsewhere`, `BriefAhead`, `VersionUnknown`; as making one
 */
export async function checkBrief(
  consortium: Consortium,
  services: readonly Service[],
  source: unknown,
  atHand: AtHand = {},
): Promise<BriefCheck> {
  const said = parseBriefTerms(source);
  const terms = { ...said, services: named([...services, ...said.services]) };
  await sameLedger(consortium, terms);
  const { version } = terms.proposal;
  const drafted = version === null ? undefined : await readVersion(consortium, version, terms.block);
  const proposal = { ...terms.proposal, ...drafted };
  const facts = await readFacts(consortium, { ...terms, proposal });
  const demand = await readDemand(facts, atHand, terms);
  const derived = plainBrief(makeBrief({ ...terms, proposal }, facts, NOTHING_AT_HAND));
  const stated = (source as { demand?: Record<string, unknown> }).demand ?? {};
  const unconfirmed: string[] = [];
  const inDemand = (derived as { demand: Record<string, unknown> }).demand;
  for (const name of ["records", "requests"] as const) {
    const known = demand[name];
    if (known === null && (stated[name] ?? null) !== null) unconfirmed.push(`demand.${name}`);
    // What nobody can derive here is taken as it stands, and said to be so.
    inDemand[name] = known ?? stated[name] ?? null;
  }
  const differences = [...compare(source, derived)].slice(0, TOLD);
  const redrafted =
    version === null ? [] : changesSince(terms.proposal, await readVersion(consortium, version));
  return { hash: hashBrief(briefText(source)), terms, differences, unconfirmed, redrafted };
}

async function sameLedger({ deployment, provider }: Consortium, terms: BriefTerms): Promise<void> {
  const { chainId, ledger, block } = terms;
  if (BigInt(chainId) !== deployment.chainId || ledger !== deployment.ledger.toLowerCase()) {
    throw new ConsortiaError(
      "BriefElsewhere",
      `The brief is of ledger ${ledger} on chain ${chainId}, not of ${deployment.ledger} on chain ${deployment.chainId}. Name the deployment it was made for.`,
      { values: { chainId, ledger } },
    );
  }
  const latest = await read(provider.getBlockNumber());
  if (block <= latest) return;
  throw new ConsortiaError(
    "BriefAhead",
    `The brief tells of block ${block}, and the node has only ${latest} of them. Wait for it, or ask another node.`,
    { retryable: true, values: { block, latest } },
  );
}

function changesSince(stated: VersionPrices, now: VersionPrices): BriefDifference[] {
  const spell = ({ prices, conditions }: VersionPrices) =>
    new Map([
      ...prices.map((one) => [placeOf(one), termsOf(one)] as const),
      ...conditions.map((one) => [placeOf(one), termsOf(one)] as const),
    ]);
  const [before, after] = [spell(stated), spell(now)];
  return [...after].flatMap(([where, text]) =>
    before.get(where) === text ? [] : [{ where, stated: before.get(where) ?? "not priced", derived: text }],
  );
}

function placeOf({ service, tier, supplierTier = ANY_TIER }: Price & Partial<ConditionalPrice>): string {
  const named = `service ${service}, ${tier === ANY_TIER ? "any tier" : `tier ${tier}`}`;
  return supplierTier === ANY_TIER ? named : `${named}, supplied by tier ${supplierTier}`;
}

function termsOf(price: Price | ConditionalPrice): string {
  const plain = `${formatCredits(price.price)} + ${formatCredits(price.fee)}`;
  return "supplierTier" in price ? [plain, ...conditionWords(price)].join(", ") : plain;
}

/** Every place where two JSON values differ, by path. */
function* compare(stated: unknown, derived: unknown, where = ""): Generator<BriefDifference> {
  if (isTree(stated) && isTree(derived) && Array.isArray(stated) === Array.isArray(derived)) {
    const names = new Set([...Object.keys(derived), ...Object.keys(stated)]);
    for (const name of names) {
      const path = Array.isArray(derived) ? `${where}[${name}]` : where === "" ? name : `${where}.${name}`;
      yield* compare(valueOf(stated, name), valueOf(derived, name), path);
    }
  } else if (spell(stated) !== spell(derived)) {
    yield { where, stated: spell(stated), derived: spell(derived) };
  }
}

function isTree(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function valueOf(tree: object, name: string): unknown {
  return Object.hasOwn(tree, name) ? (tree as Record<string, unknown>)[name] : undefined;
}

function spell(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isTree(value) ? "an object" : JSON.stringify(value);
}
