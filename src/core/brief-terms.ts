import type { BriefTerms, ProposedPrices } from "./brief.ts";
import { conditionOf } from "./brief-conditions.ts";
import { ConsortiaError, isConsortiaError } from "./error.ts";
import { serviceId } from "./ids.ts";
import { parseCredits } from "./money.ts";
import { parsePeriod } from "./period.ts";
import type { ConditionalPrice, Price } from "./schedule.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * What the proposer said in a brief that somebody hands on; the figures in it are not believed and not read.
 * @throws `BriefInvalid` naming the member
 */
export function parseBriefTerms(source: unknown): BriefTerms {
  try {
    return readTerms(objectOf(source, "the brief"));
  } catch (cause) {
    if (!isConsortiaError(cause) && !(cause instanceof TypeError)) throw cause;
    throw new ConsortiaError("BriefInvalid", `This is no brief: ${cause.message}`, { cause });
  }
}

function readTerms(brief: Json): BriefTerms {
  if (brief["kind"] !== "consortia brief" || brief["version"] !== 1) {
    throw new TypeError('"kind" must be "consortia brief" and "version" 1.');
  }
  const ledger = objectOf(brief["ledger"], "ledger");
  const proposal = objectOf(brief["proposal"], "proposal");
  const rows = rowsOf(brief["prices"], "prices");
  const { inForce, proposed } = conditionsIn(brief);
  const named = [...rows, ...inForce, ...proposed].map((row) => ({
    id: serviceId(wholeOf(row, "service")),
    code: textOf(row, "code"),
  }));
  const services = [...new Map(named.map((service) => [service.id, service])).values()];
  const address = textOf(ledger, "address");
  if (!/^0x[0-9a-f]{40}$/.test(address)) throw new TypeError('"ledger.address" must be an address.');
  return {
    consortium: textOf(brief, "consortium"),
    currency: textOf(brief, "currency"),
    chainId: wholeOf(ledger, "chainId"),
    ledger: address,
    block: wholeOf(ledger, "block"),
    from: parsePeriod(textOf(brief, "from")),
    to: parsePeriod(textOf(brief, "to")),
    proposal: {
      ...originOf(proposal),
      prices: rows.flatMap(proposedIn),
      conditions: proposed.map(conditionIn),
    },
    services,
    basis: textOf(objectOf(brief["basis"], "basis"), "text"),
  };
}

function originOf(proposal: Json): Pick<ProposedPrices, "version" | "file"> {
  const [version, file] = [proposal["version"], proposal["file"]];
  if (version === null && typeof file === "string") return { version, file };
  if (file === null && Number.isSafeInteger(version)) return { version: Number(version), file };
  throw new TypeError('"proposal" must name a version or a file.');
}

function proposedIn(row: Json): Price[] {
  if (row["proposed"] === null) return [];
  const amounts = objectOf(row["proposed"], "proposed");
  return [
    {
      service: serviceId(wholeOf(row, "service")),
      tier: wholeOf(row, "tier"),
      price: parseCredits(textOf(amounts, "price")),
      fee: parseCredits(textOf(amounts, "fee")),
    },
  ];
}

function conditionsIn(brief: Json): {
  readonly inForce: readonly Json[];
  readonly proposed: readonly Json[];
} {
  if (brief["conditions"] === undefined) return { inForce: [], proposed: [] };
  const both = objectOf(brief["conditions"], "conditions");
  return {
    inForce: rowsOf(both["inForce"], "conditions.inForce"),
    proposed: rowsOf(both["proposed"], "conditions.proposed"),
  };
}

function conditionIn(row: Json): ConditionalPrice {
  const amount = (name: string) => (row[name] === null ? null : parseCredits(textOf(row, name)));
  const promotion = row["promotion"] === null ? null : objectOf(row["promotion"], "promotion");
  const read = conditionOf({
    service: serviceId(wholeOf(row, "service")),
    ...{ tier: wholeOf(row, "tier"), supplierTier: wholeOf(row, "supplierTier") },
    ...{ price: parseCredits(textOf(row, "price")), fee: parseCredits(textOf(row, "fee")) },
    ...{ minimum: amount("minimum"), cap: amount("cap") },
    promotion: promotion && {
      ...{ from: parsePeriod(textOf(promotion, "from")), until: parsePeriod(textOf(promotion, "until")) },
      price: parseCredits(textOf(promotion, "price")),
    },
  });
  if (read.cap !== 0n && read.minimum > read.cap) throw new TypeError('"minimum" must not be above "cap".');
  if (read.promotedUntil < read.promotedFrom)
    throw new TypeError('"promotion" must not end before it begins.');
  return read;
}

function rowsOf(value: unknown, name: string): Json[] {
  return listOf(value, name).map((row, at) => objectOf(row, `${name}[${at}]`));
}

function objectOf(value: unknown, name: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new TypeError(`"${name}" must be an object.`);
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`"${name}" must be a list.`);
}

function textOf(source: Json, name: string): string {
  const value = source[name];
  if (typeof value === "string") return value;
  throw new TypeError(`"${name}" must be a text.`);
}

function wholeOf(source: Json, name: string): number {
  const value = source[name];
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw new TypeError(`"${name}" must be a whole number.`);
}
