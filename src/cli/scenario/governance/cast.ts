import { agency, isil } from "../../../core/ids.ts";
import { parseCredits } from "../../../core/money.ts";
import type { Player } from "../cast.ts";

const TOWNS = [
  ...["Nordhafen", "Larkvale", "Oberminster", "Kepplestone", "Salzmark", "Sundholm", "Brennau", "Weidenfurt"],
  ...["Ostermoor", "Grauburg", "Hallstein", "Eichental", "Mirow", "Talheim", "Winterberg"],
];

/** One kind for each of the preset's constituencies, in their order. */
const KINDS = [
  { letter: "U", kind: "university", name: "University Library", tier: 1 },
  { letter: "S", kind: "special", name: "Research Library", tier: 2 },
  { letter: "P", kind: "public", name: "City Library", tier: 3 },
] as const;

/** What each founding member deposits. */
const DEPOSIT = "100.00";

/** The founding members: a library of each kind in every town, no institution that there is. */
export function foundingCast(): Player[] {
  return KINDS.flatMap(({ letter, kind, name, tier }) =>
    TOWNS.map((town) => playerIn(town, { letter, kind, name: `${town} ${name}`, tier })),
  );
}

/** Small libraries that ask to join later. */
export const APPLICANTS: readonly Player[] = [
  playerIn("Auenrode", { letter: "V", kind: "public", name: "Auenrode Village Library", tier: 3 }),
  playerIn("Birkenau", { letter: "V", kind: "public", name: "Birkenau Village Library", tier: 3 }),
];

function playerIn(
  town: string,
  { letter, kind, name, tier }: { letter: string; kind: string; name: string; tier: number },
): Player {
  const symbol = `XA-${letter}${town.slice(0, 3).toUpperCase()}`;
  return {
    agency: agency("ISIL", symbol),
    isil: isil(symbol),
    ...{ name, kind, tier, region: "Alderland", constituency: kind },
    deposit: parseCredits(DEPOSIT),
  };
}
