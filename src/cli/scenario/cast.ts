import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConsortiaError } from "../../core/error.ts";
import { agency, isil } from "../../core/ids.ts";
import type { Agency, Isil } from "../../core/ids.ts";
import { parseCredits, ZERO } from "../../core/money.ts";
import type { Credits } from "../../core/money.ts";

/** An institution that takes part in a scenario. */
export interface Player {
  /** How messages name it. */
  readonly agency: Agency;
  readonly isil: Isil;
  readonly name: string;
  readonly kind: string;
  readonly tier: number;
  readonly region: string;
  readonly constituency: string;
  /** What it deposits before the month; undefined where it deposits what it will draw. */
  readonly deposit?: Credits;
  /** Another player's cash, lent to this one. */
  readonly advance?: { readonly sponsor: Isil; readonly amount: Credits };
}

interface PlayerJson {
  isil: string;
  name: string;
  kind: string;
  tier: number;
  region: string;
  constituency: string;
  deposit: string;
  advance?: { sponsor: string; amount: string };
}

/**
 * The members a folder of messages comes with: its `members.json`, or none where there is no such file.
 * @throws `CastInvalid`
 */
export async function readCast(folder: string): Promise<Player[]> {
  const path = join(folder, "members.json");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return [];
  }
  try {
    return (JSON.parse(text) as PlayerJson[]).map(readPlayer);
  } catch (cause) {
    throw new ConsortiaError(
      "CastInvalid",
      `${path} is no list of members. Compare it with examples/month.`,
      { cause },
    );
  }
}

function readPlayer(json: PlayerJson): Player {
  return {
    agency: agency("ISIL", json.isil),
    isil: isil(json.isil),
    name: json.name,
    kind: json.kind,
    tier: json.tier,
    region: json.region,
    constituency: json.constituency,
    deposit: parseCredits(json.deposit),
    ...(json.advance === undefined
      ? {}
      : { advance: { sponsor: isil(json.advance.sponsor), amount: parseCredits(json.advance.amount) } }),
  };
}

/**
 * Makes a player of an agency that is only known from messages: tier 1, so that it is charged the full price.
 * An agency without an ISIL gets one under ZZ, which ISO 3166 leaves to users. It deposits what it will draw.
 */
export function playerOf(name: Agency, taken: ReadonlySet<string>): Player {
  const [scheme, symbol] = split(name);
  const base = {
    agency: name,
    name: symbol,
    kind: "library",
    tier: 1,
    region: "unknown",
    constituency: "unknown",
  };
  if (scheme === "ISIL") {
    try {
      const own = isil(symbol);
      if (!taken.has(own)) return { ...base, isil: own };
    } catch {
      // Not an ISIL, whatever its scheme says.
    }
  }
  const unit = symbol.replace(/[^A-Za-z0-9]/g, "") || "X";
  for (let suffix = 0; ; suffix++) {
    const tail = suffix === 0 ? "" : String(suffix);
    const made = isil(`ZZ-${unit.slice(0, 11 - tail.length)}${tail}`);
    if (!taken.has(made)) return { ...base, isil: made };
  }
}

/** Players for agencies, keeping those that are known already. */
export function completeCast(cast: readonly Player[], agencies: Iterable<Agency>): Player[] {
  const players = new Map(cast.map((player) => [player.agency, player]));
  const taken = new Set<string>(cast.map((player) => player.isil));
  for (const name of [...agencies].sort()) {
    if (players.has(name)) continue;
    const player = playerOf(name, taken);
    players.set(name, player);
    taken.add(player.isil);
  }
  return [...players.values()];
}

/** The deposit of a player that brings none of its own: what it draws. */
export function depositOf(player: Player, drawn: Credits): Credits {
  return player.deposit ?? (drawn > ZERO ? drawn : ZERO);
}

function split(name: Agency): [scheme: string, symbol: string] {
  const at = name.indexOf(":");
  return [name.slice(0, at), name.slice(at + 1)];
}
