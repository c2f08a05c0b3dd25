import { parseCredits } from "../../../../core/money.ts";
import type { Dice } from "../dice.ts";
import { COMMONS_ACCOUNT, MONTHS, type Account, type DealLine, type YearPlan } from "../plan.ts";
import { isilsOf, yearOfTraffic } from "../traffic.ts";
import { castOf } from "./cast.ts";

const [BORDER, WEST, EAST] = ["Xinjiang and Tibet", "West", "Centre and east"];
const university = { kind: "university", title: "University Library" };

const MEMBERS = castOf("XC", [
  {
    ...{ ...university, tier: 1, region: EAST, constituency: "National centres" },
    towns: { WEN: "Wenyuan", GON: "Gonghe", NON: "Nongye", YIX: "Yixue" },
  },
  {
    ...{ ...university, tier: 2, region: EAST, constituency: "Regional centres" },
    towns: { DON: "Dongjiang", LIN: "Linhai", HUA: "Huazhou", JIA: "Jiangbei", QIN: "Qinghe" },
  },
  {
    ...{ ...university, tier: 2, region: EAST, constituency: "University libraries" },
    towns: { BEI: "Beihu", FEN: "Fenglin", MEI: "Meishan", NAN: "Nanping", SHA: "Shaling", TAI: "Taiyang" },
  },
  {
    ...{ ...university, tier: 2, region: WEST, constituency: "Provincial centres" },
    towns: { CHU: "Chuanxi", GAN: "Ganquan", GUI: "Guilin Hills", LAN: "Lanhe" },
  },
  {
    ...{ ...university, tier: 2, region: WEST, constituency: "University libraries" },
    towns: { MIN: "Minjiang", NIN: "Ningxia Plain", QIA: "Qianling", YUN: "Yunling" },
  },
  {
    ...{ ...university, tier: 2, region: BORDER, constituency: "University libraries" },
    towns: { ALT: "Altun", KUN: "Kunlun", TIA: "Tianchi", ZAN: "Zangbo" },
  },
  {
    ...{ kind: "centre", tier: 2, region: EAST, constituency: "National centres", title: "Centre" },
    towns: { GLZ: "Management" },
  },
  {
    ...{ kind: "ministry", tier: 2, region: EAST, constituency: "Associates", title: "of Education" },
    towns: { JYB: "Ministry" },
  },
]);

const UNIVERSITIES = MEMBERS.filter(({ kind }) => kind === "university");
const NATIONAL = isilsOf(UNIVERSITIES, ({ tier }) => tier === 1);
const REGIONAL = isilsOf(UNIVERSITIES, ({ constituency }) => constituency === "Regional centres");

/** What a university allows for one month of one supplier. */
const MAXIMUM = parseCredits("500.00");

/** A year of joint cataloguing and of copies, most of them for the west. */
export function calisPlan(seed: number): YearPlan {
  const everybody = isilsOf(UNIVERSITIES);
  const inWest = isilsOf(UNIVERSITIES, ({ region }) => region !== EAST);
  const maximum = () => MAXIMUM;
  const supply = { lines: delivery, maximum };
  const deals = yearOfTraffic(seed, [
    { ...supply, suppliers: NATIONAL, consumers: inWest, partners: () => [5, 8] },
    { ...supply, suppliers: NATIONAL, consumers: everybody, partners: () => [2, 5] },
    { ...supply, suppliers: REGIONAL, consumers: everybody, partners: () => [2, 4] },
    {
      suppliers: [...NATIONAL, ...REGIONAL],
      consumers: [COMMONS_ACCOUNT],
      partners: () => [1, 1],
      lines: (dice) => [{ service: "record", quantity: dice.int(2, 24) }],
      maximum,
    },
    {
      suppliers: [COMMONS_ACCOUNT],
      consumers: everybody,
      partners: () => [16, 20],
      lines: (dice) => [{ service: "record-use", quantity: dice.int(8, 80) }],
      maximum,
    },
  ]);
  return {
    months: MONTHS,
    members: MEMBERS,
    deals,
    works: [],
    // Not for the last months, when the relief account is nearly empty.
    rewards: Array.from({ length: MONTHS - 2 }, (_, month) =>
      NATIONAL.map((member: Account) => ({ month, member, percent: 10, cap: parseCredits("45.00") })),
    ).flat(),
    gifts: [
      { month: 0, giver: "XC-JYB", amount: parseCredits("3000.00") },
      { month: 6, giver: "XC-JYB", amount: parseCredits("2200.00") },
    ],
    pacts: [],
  };
}

/** One or several orders of copies, one of them in a hurry now and then, and searches. */
function delivery(dice: Dice): DealLine[] {
  const copies = Array.from({ length: dice.int(1, 3) }, () => ({
    service: "copy",
    quantity: dice.int(4, 44),
  }));
  const rush = dice.chance(12) ? [{ service: "rush", quantity: 1 }] : [];
  const search = dice.chance(15) ? [{ service: "search", quantity: dice.int(1, 3) }] : [];
  return [...copies, ...rush, ...search];
}
