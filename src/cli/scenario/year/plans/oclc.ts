import { credits, parseCredits, type Credits } from "../../../../core/money.ts";
import type { Dice } from "../dice.ts";
import { MONTHS, type Account, type DealLine, type Work, type YearPlan } from "../plan.ts";
import { isilsOf, yearOfTraffic } from "../traffic.ts";
import { castOf } from "./cast.ts";

const library = { kind: "library", region: "Continent" };

const MEMBERS = castOf("XO", [
  {
    ...{ ...library, tier: 1, constituency: "Research libraries", title: "University Library" },
    towns: { ASH: "Ashford", BEL: "Bellmere", CAR: "Carrow", DUN: "Dunmore", ELK: "Elkhart Falls" },
  },
  {
    ...{ ...library, tier: 2, constituency: "College libraries", title: "College Library" },
    towns: {
      ...{ FAI: "Fairhaven", GLE: "Glenwood", HAR: "Harlan", IVY: "Ivybridge", JAS: "Jasper" },
      ...{ KEN: "Kenmare", LIN: "Linden", MAR: "Marlow", NOR: "Norwich Hill", OAK: "Oakdale" },
    },
  },
  {
    ...{ ...library, tier: 3, constituency: "Public libraries", title: "Public Library" },
    towns: {
      ...{ PIN: "Pinecrest", QUI: "Quillan", RIV: "Riverton", SAL: "Salem Cross", TRE: "Tremont" },
      ...{ UPT: "Upton", VER: "Verdon" },
    },
  },
  {
    ...{ kind: "publisher", region: "Continent", tier: 3, constituency: "Associates", title: "Press" },
    towns: { PRA: "Alder", PRB: "Birch & Brook" },
  },
  {
    ...{ kind: "foundation", region: "Continent", tier: 3, constituency: "Associates", title: "Foundation" },
    towns: { FND: "Open Shelves" },
  },
]);

const LIBRARIES = MEMBERS.filter(({ kind }) => kind === "library");
const [RESEARCH, COLLEGE, PUBLIC] = [1, 2, 3].map((tier) => isilsOf(LIBRARIES, (one) => one.tier === tier));

const WORKS: readonly Work[] = [
  work("urn:isbn:9783161484100", "XO-PRA", "reserved", "3.50"),
  work("urn:isbn:9780306406157", "XO-PRA", "reserved", "1.25"),
  work("urn:doi:10.5555/12345678", "XO-PRB", "reserved", "6.40"),
  // A research library's own, open to everybody who is not in business.
  work("urn:issn:2049-3630", "XO-ASH", "by-nc"),
];

/** What a request may cost at most, fee and royalty included; three public libraries allow less than research libraries ask. */
const USUAL_LIMIT = parseCredits("25.00");
const LOW_LIMIT = parseCredits("18.00");
const CAREFUL = ["XO-QUI", "XO-TRE", "XO-VER"];
/** A lost item is paid whatever was allowed for the loan. */
const LOST_LIMIT = parseCredits("80.00");

/** A year of fee management: loans, copies and licensed copies between libraries of three classes. */
export function oclcPlan(seed: number): YearPlan {
  const [research = [], college = [], open = []] = [RESEARCH, COLLEGE, PUBLIC];
  const deals = yearOfTraffic(seed, [
    {
      suppliers: [...research, ...college, ...open],
      consumers: isilsOf(LIBRARIES),
      partners: (supplier) =>
        research.includes(supplier) ? [5, 8] : college.includes(supplier) ? [2, 4] : [1, 3],
      lines: requests,
      maximum: allowed,
    },
  ]);
  return {
    months: MONTHS,
    members: MEMBERS,
    deals,
    works: WORKS,
    rewards: Array.from({ length: MONTHS }, (_, month) => [
      { month, member: "XO-ASH", percent: 5, cap: parseCredits("40.00") },
      { month, member: "XO-CAR", percent: 5, cap: parseCredits("40.00") },
      { month, member: "XO-ELK", percent: 8, cap: parseCredits("25.00") },
    ]).flat(),
    gifts: [{ month: 0, giver: "XO-FND", amount: parseCredits("1000.00") }],
    pacts: [],
  };
}

function requests(dice: Dice): DealLine[] {
  const lines: DealLine[] = [];
  if (dice.chance(75)) lines.push({ service: "loan", quantity: dice.int(1, 4) });
  if (dice.chance(60)) lines.push({ service: "copy", quantity: dice.int(1, 6) });
  if (dice.chance(30)) {
    for (const { urn } of dice.some(WORKS, dice.int(1, 2))) {
      lines.push({ service: "licensed-copy", quantity: dice.int(1, 3), work: urn });
    }
  }
  if (dice.chance(2)) lines.push({ service: "lost", quantity: 1 });
  return lines;
}

function allowed(consumer: Account, lines: readonly DealLine[]): Credits {
  const limit = CAREFUL.includes(consumer) ? LOW_LIMIT : USUAL_LIMIT;
  const each = (line: DealLine) => (line.service === "lost" ? LOST_LIMIT : limit);
  return credits(lines.reduce((sum, line) => sum + each(line) * BigInt(line.quantity), 0n));
}

function work(urn: string, holder: Account, licence: Work["licence"], royalty?: string): Work {
  const permitted =
    royalty === undefined ? [] : [{ service: "licensed-copy", royalty: parseCredits(royalty) }];
  return { urn, holder, licence, permitted };
}
