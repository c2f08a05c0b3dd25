import { id } from "ethers";
import type { MonthException, MonthMember, MonthReport, MonthStatement } from "../../src/cli/report/month.ts";
import { hash, memberId, statementNumber } from "../../src/core/ids.ts";
import { credits, parseCredits, ZERO } from "../../src/core/money.ts";
import { parsePeriod } from "../../src/core/period.ts";

const NAMES: [string, string, string, number][] = [
  ["DE-1", "Staatsbibliothek zu Berlin", "Berlin", 1],
  ["DE-12", "Bayerische Staatsbibliothek", "Bavaria", 1],
  ["FR-751131015", "Bibliothèque nationale de France", "Île-de-France", 1],
  ["CN-110001", "国家图书馆", "Beijing", 1],
  ["CN-110037", "北京大学图书馆", "Beijing", 1],
  ["AU-NNCU", "University of Newcastle Library", "New South Wales", 2],
  ["CH-000001", "Zentralbibliothek Zürich", "Zürich", 2],
  ["AT-UBW", "Universitätsbibliothek Wien", "Vienna", 2],
  ["NL-LeU", "Leiden University Libraries", "South Holland", 2],
  ["PL-WaBN", "Biblioteka Narodowa", "Mazovia", 3],
  ["GR-AtAN", "Library of the Academy of Athens", "Attica", 3],
  ["EG-BA", "مكتبة الإسكندرية", "Alexandria", 3],
];

const LOAN = parseCredits("12.50");
const COPY = parseCredits("0.30");
const FEE = parseCredits("0.25");
const PERIOD = parsePeriod("2026-11");

/** A month of twelve libraries, made up but consistent: totals are the sums of what stands in the rows. */
export function sampleMonth(): MonthReport {
  const statements: MonthStatement[] = [];
  const tally = new Map<string, { loan: number; pages: number; copies: number }>();
  for (let s = 0; s < NAMES.length; s++) {
    for (let c = 0; c < NAMES.length; c++) {
      const draw = (s * 7 + c * 11 + s * c * 5) % 17;
      if (s === c || draw < 6) continue;
      const loan = draw * (13 - s) + c;
      const [copies, pages] = [draw + s, (draw + s) * 14];
      const status = s === 3 && c === 10 ? "acknowledged" : s === 9 && c === 11 ? "skipped" : "posted";
      if (status !== "skipped") tally.set(`${s} ${c}`, { loan, pages, copies });
      statements.push({
        supplier: memberId(s + 3),
        consumer: memberId(c + 3),
        number: statementNumber(statements.length + 1),
        period: c % 5 === 4 ? parsePeriod("2026-10") : PERIOD,
        gross: credits(LOAN * BigInt(loan) + COPY * BigInt(pages)),
        fee: credits(FEE * BigInt(loan + copies)),
        ...{ royalties: ZERO, relieved: ZERO },
        records: loan + copies,
        status,
        root: hash(id(`root ${s} ${c}`)),
        tx: status === "skipped" ? "" : id(`tx ${s}`),
      });
    }
  }
  const settled = statements.filter(({ status }) => status !== "skipped");
  const sum = (list: readonly MonthStatement[], key: "gross" | "fee") =>
    credits(list.reduce((total, statement) => total + statement[key], 0n));
  const members = NAMES.map(([isil, name, region, tier], i): MonthMember => {
    const self = memberId(i + 3);
    const given = settled.filter(({ supplier }) => supplier === self);
    const drawn = settled.filter(({ consumer }) => consumer === self);
    const counts = (end: 0 | 1, key: "loan" | "copies") =>
      [...tally].reduce((n, [pair, t]) => n + (Number(pair.split(" ")[end]) === i ? t[key] : 0), 0);
    const net = credits(sum(given, "gross") - sum(drawn, "gross") - sum(drawn, "fee"));
    const paid = net > 0n ? credits((net / 20_000n) * 10_000n) : ZERO;
    const deposited = net < 0n ? credits(-net) : ZERO;
    return {
      ...{ id: self, isil, name, tier, region, kind: i === 11 ? "archive" : "library" },
      given: sum(given, "gross"),
      drawn: sum(drawn, "gross"),
      fees: sum(drawn, "fee"),
      ...{ relief: ZERO, royalties: ZERO, compensation: ZERO },
      net,
      position: net,
      settled: credits(10_000_000_000n + net - paid + deposited),
      paid,
      deposited,
      advances: {
        received: i === 10 ? parseCredits("500") : ZERO,
        owed: i === 10 ? parseCredits("120") : ZERO,
        given: i === 0 ? parseCredits("500") : ZERO,
      },
      debts: { owed: i === 10 ? parseCredits("75.40") : ZERO, due: i === 3 ? parseCredits("75.40") : ZERO },
      statements: { supplied: given.length, consumed: drawn.length },
      services: [
        { code: "loan", given: counts(0, "loan"), drawn: counts(1, "loan") },
        { code: "copy", given: counts(0, "copies"), drawn: counts(1, "copies") },
      ],
    };
  });
  const all = (pick: (member: MonthMember) => bigint) => credits(members.reduce((n, m) => n + pick(m), 0n));
  const total = (key: "loan" | "copies" | "pages") => [...tally.values()].reduce((n, t) => n + t[key], 0);
  const tiers = (prices: string[]) => prices.map((price, i) => ({ tier: i + 1, price: parseCredits(price) }));
  const fee = FEE;
  return {
    consortium: "Northern and Southern Libraries Consortium",
    currency: "EUR",
    period: PERIOD,
    network: {
      chainId: 31337,
      ledger: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
      fromBlock: 18_204_117,
      toBlock: 18_419_902,
    },
    members,
    services: [
      {
        id: 1,
        code: "loan",
        prices: tiers(["12.50", "12.50", "12.50"]),
        fee,
        records: total("loan"),
        quantity: total("loan"),
        gross: credits(LOAN * BigInt(total("loan"))),
      },
      {
        id: 2,
        code: "copy",
        prices: tiers(["0.30", "0.30", "0.30"]),
        fee,
        records: total("copies"),
        quantity: total("pages"),
        gross: credits(COPY * BigInt(total("pages"))),
      },
    ],
    statements,
    exceptions: EXCEPTIONS,
    messages: 14_208,
    totals: {
      gross: sum(settled, "gross"),
      fees: sum(settled, "fee"),
      ...{ relief: ZERO, royalties: ZERO, compensation: ZERO },
      net: all(({ net }) => (net > 0n ? net : 0n)),
      paid: all(({ paid }) => paid),
      acknowledged: all(({ debts }) => debts.owed),
      advances: all(({ advances }) => advances.received),
      deposits: all(({ deposited }) => deposited),
      refunds: ZERO,
    },
    gas: {
      close: 41_880,
      postTotal: 17_120 * settled.length,
      postPerStatement: 17_120,
      verbs: [
        {
          verb: "post",
          calls: settled.length,
          gas: 17_120 * settled.length,
          compared: { what: "ERC-20 transfer, one a statement", gas: 51_900 },
        },
        {
          verb: "close",
          calls: 1,
          gas: 41_880,
          compared: { what: "0xSplits, push to 500 payees", gas: 14_000_000 },
        },
        {
          verb: "withdraw",
          calls: 6,
          gas: 6 * 71_400,
          compared: { what: "Merkle distributor claim", gas: 62_000 },
        },
        { verb: "touch", calls: 12, gas: 12 * 31_020 },
      ],
    },
    invariants: "held",
  };
}

const why: [string, string][] = [
  ["no receipt", "The supplier shipped, but the requesting library never confirmed that it arrived."],
  ["unknown agency", "RESHARE:WESTEL is no member and no member answers for it."],
  ["over maximum", "The schedule prices this at 15.50; the request allowed 12.00."],
];

const EXCEPTIONS: MonthException[] = Array.from({ length: 9 }, (_, n) => {
  const [reason, explanation] = why[n < 5 ? 0 : n < 8 ? 1 : 2]!;
  return {
    request: `REQ-2026-11-${String(4100 + n * 37)}`,
    requesting: `ISIL:${NAMES[(n * 5) % 12]![0]}`,
    supplying: `ISIL:${NAMES[(n * 3 + 1) % 12]![0]}`,
    reason,
    explanation,
  };
});
