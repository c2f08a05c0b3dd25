import { id } from "ethers";
import { FINDINGS, type FindingCode } from "../../src/auditor/codes.ts";
import { FindingList } from "../../src/auditor/finding.ts";
import { addFlows, FLOW_NAMES, netFlow, type Flow, type Flows } from "../../src/auditor/flows.ts";
import type { AuditResult, MemberAudit, MonthFlows, YearFlows } from "../../src/auditor/result.ts";
import { COMMONS, memberId, RELIEF, statementNumber, type MemberId } from "../../src/core/ids.ts";
import { credits, parseCredits, ZERO, type Credits } from "../../src/core/money.ts";
import { addMonths, parsePeriod, periodEnd, type PeriodId } from "../../src/core/period.ts";

const ISILS =
  "DE-1 DE-12 FR-751131015 CN-110001 CN-110037 AU-NNCU CH-000001 AT-UBW NL-LeU PL-WaBN GR-AtAN EG-BA DK-870970 SE-S";
const LOAN = parseCredits("12.50");
const FEE = parseCredits("0.25");
const FIRST_BLOCK = 18_204_117;
const LAST_BLOCK = 18_419_902;

export interface SampleAudit {
  /** Accounts, COMMONS and RELIEF apart. The last one is an applicant, who has no ISIL yet. */
  readonly members?: number;
  readonly months?: number;
  /** How often each of some codes was found. */
  readonly findings?: Readonly<Partial<Record<FindingCode, number>>>;
}

/** A consortium's audit, made up but consistent: balances are the sums of their flows, positions sum to zero. */
export function sampleAudit(sample: SampleAudit = {}): AuditResult {
  const { members = 15, months = 15, findings = {} } = sample;
  const ids = [COMMONS, RELIEF, ...Array.from({ length: members }, (_, i) => memberId(i + 3))];
  const first = parsePeriod("2025-09");
  const books = ids.map((member): Mutable => ({ member, months: [] }));
  for (let m = 0; m < months; m++) playMonth(books, m, addMonths(first, m));
  const accounts = books.map((book, i) => accountOf(book, i, addMonths(first, Math.max(0, months - 1))));
  const list = new FindingList();
  for (const [code, times] of Object.entries(findings) as [FindingCode, number][]) {
    for (let n = 0; n < times; n++) list.add(code, ...finding(code, n));
  }
  const found = {
    wrong: list.count("wrong"),
    unverifiable: list.count("unverifiable"),
    notes: list.count("note"),
  };
  const bonds = parseCredits("20");
  return {
    version: 1,
    verdict: found.wrong > 0 ? "wrong" : found.unverifiable > 0 ? "unverifiable" : "clean",
    wrong: list.list("wrong"),
    unverifiable: list.list("unverifiable"),
    notes: list.list("note"),
    found,
    scope: {
      chainId: 31337,
      ledger: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
      register: "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512",
      schedule: "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0",
      charter: "0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9",
      asset: "0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9",
      claims: "0x5FC8d32690cc91D4c39d9d3abcBD16989F875707",
      reversals: "0x0165878A594ca255338adfa4d48449f69242Eb8F",
      advances: "0xa513E6E4b8f2a923D98304ec87F64353C4D5C853",
      pricing: "0x2279B7A0a67DB372996a5FaB50D91eAA73d2eBe6",
      resources: "0x8A791620dd6260079BF849Dc5567aDC3F2FdC318",
      compensation: "0x610178dA211FEF7D417bC0e6FeD39F05609AD788",
      fromBlock: FIRST_BLOCK,
      toBlock: LAST_BLOCK,
      toHash: id("last block"),
      toTime: periodEnd(addMonths(first, Math.max(0, months - 1))) - 3_600,
      openPeriod: addMonths(first, Math.max(0, months - 1)),
      nodes: ["https://auditor:secret@node.example:8545/v3/0123456789abcdef", "http://127.0.0.1:8545"],
      checkedAt: [18_251_000, 18_333_000, LAST_BLOCK],
    },
    counts: {
      ...{ blocks: LAST_BLOCK - FIRST_BLOCK + 1, logs: 41_207, members, batches: 96, statements: 1_204 },
      ...{ skipped: 3, signatures: 1_310, closes: Math.max(0, months - 1), deposits: 61, withdrawals: 22 },
      ...{ advances: 4, debtPayments: 7, claims: 12, disputes: 5, awards: 2, appeals: 1, claimsCharged: 9 },
      ...{ refunds: 8, duplicates: 2, elections: 1, ballots: 14, proposals: 2, seats: 9, amendments: 1 },
      ...{ relieved: 41, royalties: 17, agreements: 3, grants: 2, compensations: 4, invoices: 6 },
      ...{ bundles: 1_198, records: 48_711, views: 1_152 },
    },
    backing: credits(accounts.reduce((sum, { account }) => sum + account.cash, 0n) + bonds),
    bonds,
    accounts,
  };
}

interface Mutable {
  readonly member: MemberId;
  readonly months: MonthFlows[];
}

/** A month's statements, fees, claims, refunds, deposits and withdrawals. */
function playMonth(books: readonly Mutable[], m: number, period: PeriodId): void {
  const flows = books.map((): Partial<Record<Flow, Credits>> => ({}));
  const add = (i: number, flow: Flow, value: bigint) => {
    const mine = flows[i];
    if (mine !== undefined && value > 0n) mine[flow] = credits((mine[flow] ?? 0n) + value);
  };
  const last = books.length - 1;
  for (let s = 2; s < last; s++) {
    for (let k = 1; k <= 4; k++) {
      const c = 2 + ((s - 2 + k * k) % (last - 2));
      if (c === s) continue;
      const loans = BigInt(1 + ((s * 7 + c * 11 + m * 5 + s * c) % 23) * (1 + (s % 5)));
      const gross = loans * LOAN;
      add(s, "given", gross);
      add(c, "drawn", gross);
      add(c, "fees", loans * FEE);
      add(0, "feesEarned", loans * FEE);
      if ((s + c + m) % 13 === 0) {
        add(s, "claimsGiven", gross);
        add(c, "claimsDrawn", gross);
      }
      if ((s * c + m) % 11 === 0) {
        add(s, "gaveBack", LOAN * 2n);
        add(c, "gotBack", LOAN * 2n);
      }
    }
  }
  books.forEach(({ months }, i) => {
    const before = months.at(-1)?.closing ?? ZERO;
    const after = before + netFlow(flows[i] ?? {});
    if (after < 0n) add(i, "deposited", (-after / 1_000_000_000n + 1n) * 1_000_000_000n);
    if (after > 5_000_000_000n) add(i, "withdrawn", 2_500_000_000n);
    const mine: Flows = flows[i] ?? {};
    if (FLOW_NAMES.every((name) => mine[name] === undefined)) return;
    months.push({ period, opening: before, flows: mine, closing: credits(before + netFlow(mine)) });
  });
}

function accountOf({ member, months }: Mutable, index: number, open: PeriodId): MemberAudit {
  const last = months.at(-1);
  const flows: Flows = last?.period === open ? last.flows : {};
  const posted: Flows = { ...flows, deposited: ZERO, withdrawn: ZERO };
  const position = netFlow(posted);
  const total = last?.closing ?? ZERO;
  const cash = credits(total - position);
  const supplied = posted.given ?? ZERO;
  const ever = addFlows(months.map(({ flows }) => flows)).given ?? ZERO;
  const debts = index === 12 ? parseCredits("75.40") : ZERO;
  const name = ISILS.split(" ")[index - 2];
  const isil = name ?? (index - 2 === 14 || index < 2 ? undefined : `XX-${index + 1}`);
  return {
    member,
    ...(index < 2 || isil === undefined ? {} : { isil }),
    membership:
      index < 2 ? "admitted" : isil === undefined ? "applied" : index === 12 ? "suspended" : "admitted",
    account: {
      ...{ position, cash, supplied, debts },
      room: credits(total - debts),
      free: credits((position < 0n ? total : cash) - debts),
      advances: index === 11 ? parseCredits("120") : ZERO,
      standing: credits(ever - supplied),
    },
    months,
    years: yearsOf(months),
  };
}

function yearsOf(months: readonly MonthFlows[]): YearFlows[] {
  const years = [...new Set(months.map(({ period }) => Math.floor(period / 12)))];
  return years.map((year) => {
    const own = months.filter(({ period }) => Math.floor(period / 12) === year);
    return {
      year,
      opening: own[0]?.opening ?? ZERO,
      flows: addFlows(own.map(({ flows }) => flows)),
      closing: own.at(-1)?.closing ?? ZERO,
    };
  });
}

function finding(code: FindingCode, n: number): [string, object] {
  const [supplier, consumer] = [memberId(3 + (n % 12)), memberId(4 + (n % 11))];
  const isil = ISILS.split(" ")[n % 12] ?? "";
  const block = FIRST_BLOCK + 1_733 * ((n * 7 + code.length) % 124);
  const place = { block, tx: id(`${code} ${n}`), logIndex: n % 9 };
  const statement = { supplier, consumer, number: statementNumber(n + 1) };
  const what = FINDINGS[code].meaning.replace(/\.$/, "").toLowerCase();
  const message = `Statement ${n + 1} of ${isil} in block ${block}: ${what}.`;
  if (FINDINGS[code].severity !== "wrong") return [message, { ...place, statement }];
  return [
    message,
    { ...place, statement, member: supplier, expected: `${n + 12}.50`, found: `${n + 13}.00` },
  ];
}
