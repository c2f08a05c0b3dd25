import { parseCredits, type Credits } from "../../../../core/money.ts";
import type { Player } from "../../cast.ts";
import type { Dice } from "../dice.ts";
import { MONTHS, type Account, type DealLine, type YearPlan } from "../plan.ts";
import { isilsOf, yearOfTraffic } from "../traffic.ts";
import { castOf } from "./cast.ts";

const [NORTH_WEST, SOUTH_WEST, EAST] = ["North-west", "South-west", "Centre and east"];
const station = { kind: "station", tier: 2, constituency: "Service stations", title: "Service Station" };

const MEMBERS = castOf("XN", [
  {
    ...{ kind: "supplier", tier: 1, region: EAST, constituency: "Supplying libraries", title: "Library" },
    towns: {
      ...{ SCI: "Science", ENG: "Engineering", MET: "Metallurgy", CHE: "Chemistry", MAC: "Machinery" },
      ...{ AGR: "Agriculture", MED: "Medicine", STD: "Standards", MEA: "Metrology" },
    },
  },
  {
    ...{ ...station, region: NORTH_WEST },
    towns: { LAZ: "Lanzhou Road", XIN: "Xining Road", YIN: "Yinchuan Road", WUR: "Wulumuqi Road" },
  },
  {
    ...{ ...station, region: SOUTH_WEST },
    towns: { GUY: "Guiyang Road", KUM: "Kunming Road", LAS: "Lhasa Road", CDU: "Chengdu Road" },
  },
  {
    ...{ ...station, region: EAST },
    towns: {
      ...{ HEF: "Hefei Road", JIN: "Jinan Road", NBO: "Ningbo Road", SUZ: "Suzhou Road" },
      ...{ WHN: "Wuhan Road", ZHZ: "Zhengzhou Road" },
    },
  },
  {
    ...{ kind: "ministry", tier: 2, region: EAST, constituency: "Associates", title: "of Science" },
    towns: { MST: "Ministry", BUR: "Provincial Bureau" },
  },
]);

const SUPPLIERS = isilsOf(MEMBERS, ({ kind }) => kind === "supplier");
const STATIONS = isilsOf(MEMBERS, ({ kind }) => kind === "station");

/** What a station allows for one month of one supplier. */
const MAXIMUM = parseCredits("400.00");
/** What a station pays in before the year; the last one pays in too little. */
const DEPOSIT = parseCredits("3000.00");
const SHORT: Readonly<Record<Account, Credits>> = { "XN-ZHZ": parseCredits("350.00") };
/** Suppliers draw a little from one another. */
const SUPPLIER_DEPOSIT = parseCredits("500.00");

/** A year of copies for service stations, some of them paid by a ministry. */
export function nstlPlan(seed: number): YearPlan {
  const maximum = () => MAXIMUM;
  const deals = yearOfTraffic(seed, [
    { suppliers: SUPPLIERS, consumers: STATIONS, partners: () => [4, 8], lines: orders, maximum },
    { suppliers: SUPPLIERS, consumers: SUPPLIERS, partners: () => [1, 2], lines: orders, maximum },
  ]);
  return {
    months: MONTHS,
    members: MEMBERS.map((member) => ({ ...member, deposit: depositOf(member) })),
    deals,
    works: [],
    rewards: [],
    gifts: [
      { month: 0, giver: "XN-MST", grant: 0, amount: parseCredits("1500.00") },
      { month: 3, giver: "XN-BUR", grant: 0, amount: parseCredits("400.00") },
      { month: 0, giver: "XN-MST", grant: 1, amount: parseCredits("700.00") },
    ],
    pacts: [{ month: 3, between: ["XN-AGR", "XN-MED"], services: ["copy", "loan"] }],
  };
}

function depositOf({ kind, isil }: Player): Credits {
  if (kind === "supplier") return SUPPLIER_DEPOSIT;
  return kind === "station" ? (SHORT[isil] ?? DEPOSIT) : parseCredits("0");
}

/** Orders of copies, from two pages to a whole volume, each a line of its own; a loan now and then. */
function orders(dice: Dice): DealLine[] {
  const copies = Array.from({ length: dice.int(1, 4) }, () => ({ service: "copy", quantity: pages(dice) }));
  return dice.chance(25) ? [...copies, { service: "loan", quantity: dice.int(1, 2) }] : copies;
}

function pages(dice: Dice): number {
  if (dice.chance(15)) return dice.int(1, 4);
  return dice.chance(8) ? dice.int(80, 180) : dice.int(5, 40);
}
