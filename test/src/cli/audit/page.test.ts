import { expect } from "chai";
import { certificatesOf } from "../../../../src/auditor/certificate.ts";
import { FLOW_NAMES } from "../../../../src/auditor/flows.ts";
import type { AuditResult, MemberAudit } from "../../../../src/auditor/result.ts";
import { consortiumMonths } from "../../../../src/cli/audit/months.ts";
import { auditPage } from "../../../../src/cli/audit/page.ts";
import { FLOW_LABELS } from "../../../../src/cli/audit/years.ts";
import { credits, ZERO } from "../../../../src/core/money.ts";
import { parsePeriod } from "../../../../src/core/period.ts";
import { sampleAudit } from "../../../support/audit.ts";
import { wellFormed } from "../../../support/markup.ts";

const wrong = sampleAudit({
  findings: { PriceWrong: 5, NotCountersigned: 1, BundleMissing: 2, NodeUnproven: 1 },
});
const clean = sampleAudit();
const unverifiable = sampleAudit({ findings: { BundleMissing: 2 } });
const page = auditPage(wrong, { name: "Northern Libraries", currency: "EUR" });
const times = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

function with_(result: AuditResult, index: number, change: Partial<MemberAudit>): AuditResult {
  const accounts = result.accounts.map((account, i) => (i === index ? { ...account, ...change } : account));
  return { ...result, accounts };
}

describe("auditPage", () => {
  it("is well-formed, and loads and runs nothing, whatever the verdict", () => {
    for (const result of [wrong, clean, unverifiable]) {
      const text = auditPage(result);
      expect(wellFormed(text)).to.equal(true);
      expect(text).to.not.match(
        /<(script|link|img|iframe|object|embed)\b|\b(src|srcset|on\w+)=|url\(|@import/i,
      );
      expect(text).to.include("default-src &#39;none&#39;");
      expect(text).to.not.match(/NaN|Infinity|undefined/);
    }
  });

  it("is accessible: one title, captions, headed rows and columns, titled charts, unique ids, links that lead", () => {
    expect(page).to.include("<title>Northern Libraries: audit, 6 things are wrong</title>");
    expect(times(page, /<h1>/g)).to.equal(1);
    expect(times(page, /<caption>/g)).to.equal(times(page, /<table\b/g));
    expect(times(page, /<th(?=[\s>])/g)).to.equal(times(page, /<th scope="(row|col)"/g));
    expect(
      times(page, /<svg [^>]*role="img" aria-labelledby="(\w+)-title \1-desc">\s*<title id="\1-title">/g),
    )
      .to.equal(times(page, /<svg/g))
      .and.to.equal(3);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    const links = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links).to.include("wrong").and.to.include("account-3");
    for (const link of links) expect(ids).to.include(link);
  });

  it("says the verdict first, in words and not only in colour", () => {
    expect(page).to.match(/<h1>6 things are wrong<\/h1>/);
    expect(page).to.include("6 findings contradict the rules. 2 more things could not be verified.");
    const right = auditPage(clean);
    expect(right)
      .to.match(/<h1>The book is right<\/h1>/)
      .and.to.not.include("What is wrong");
    const open = auditPage(unverifiable);
    expect(open).to.match(/<h1>2 things could not be verified<\/h1>/);
    expect(open).to.include("What could not be verified").and.to.not.include("What is wrong");
  });

  it("does not praise views that nobody compared", () => {
    const text = auditPage({ ...clean, counts: { ...clean.counts, views: 0 } });
    expect(text).to.include("No view of the chain was compared.").and.to.not.include("views agree");
  });

  it("shows each finding with its meaning, parties, whole place and difference", () => {
    const first = wrong.wrong[0]!;
    for (const text of [
      "A statement was charged something else than the schedule says.",
      first.message.replaceAll("'", "&#39;"),
      `block ${first.block}, log ${first.logIndex}`,
      `${first.tx}</code>`,
      "12.50</bdi>",
      "13.00</bdi>",
      "DE-1</bdi> to <bdi>DE-12</bdi",
      "statement 1</span>",
    ]) {
      expect(page).to.include(text);
    }
    expect(page.indexOf("PriceWrong")).to.be.lessThan(page.indexOf("NotCountersigned"));
  });

  it("says how many were found where not all are listed", () => {
    const text = auditPage(sampleAudit({ members: 3, findings: { RecordDoubled: 1_500 } }));
    expect(text).to.include("1,500 findings in all; 1,000 are listed.");
  });

  it("gives every account its years: opening, each flow by its name, closing", () => {
    const athens = wrong.accounts.find(({ isil }) => isil === "GR-AtAN")!;
    const part = page.slice(page.indexOf(`id="account-${athens.member}"`)).split("</details")[0] ?? "";
    for (const text of [
      "Opening",
      "Given to others",
      "Drawn from others",
      "Handling fees",
      "Closing",
      "2025",
      "2026",
    ]) {
      expect(part).to.include(text);
    }
    expect(part).to.not.include("Does not add up");
    expect(Object.keys(FLOW_LABELS)).to.have.members([...FLOW_NAMES]);
  });

  it("shows by how much a year does not add up", () => {
    const year = clean.accounts[4]!.years[0]!;
    const off = { ...year, closing: credits(year.closing + 1n) };
    expect(auditPage(with_(clean, 4, { years: [off] }))).to.match(
      /Does not add up by<\/span>[^+]*\+0\.000001/,
    );
  });

  it("says all that is needed to audit again, and shows no node's credentials", () => {
    const { scope } = wrong;
    for (const text of [
      scope.ledger,
      scope.register,
      scope.toHash,
      String(scope.fromBlock),
      "https://node.example:8545",
    ]) {
      expect(page).to.include(text);
    }
    expect(page).to.not.match(/secret|0123456789abcdef</);
  });

  it("stands a book in which nothing happened, and one without accounts", () => {
    for (const result of [sampleAudit({ months: 0 }), { ...clean, accounts: [] }]) {
      const text = auditPage(result);
      expect(wellFormed(text)).to.equal(true);
      expect(text)
        .to.include("No member gave or drew anything.")
        .and.to.include("Nothing was given in any month.");
      expect(text).to.not.match(/NaN|Infinity|undefined/);
    }
  });

  it("draws members only, lest the commons dwarf them", () => {
    const drawn = [...page.matchAll(/<g\s*><title>([^:]*):/g)].map(([, name]) => name);
    expect(drawn).to.include("DE-1").and.to.not.include("Commons");
    expect(page).to.include("<bdi>Commons</bdi>");
  });

  it("draws an amount of nine trillion and one of a millionth", () => {
    const [most, least] = [credits((1n << 63n) - 1n), credits(1n)];
    const big = { ...clean.accounts[2]!.account, cash: most, room: most };
    const small = { ...clean.accounts[3]!.account, cash: least, position: ZERO, room: least };
    const text = auditPage(with_(with_(clean, 2, { account: big }), 3, { account: small }));
    expect(text).to.include("9,223,372,036,854.775807").and.to.include("0.000001");
    expect(text).to.not.match(/NaN|Infinity/);
  });

  it("stays usable with hundreds of members and a thousand findings: charts are capped, rows are folded", () => {
    const many = sampleAudit({ members: 400, months: 2, findings: { PriceWrong: 1_000 } });
    const text = auditPage(many);
    expect(wellFormed(text)).to.equal(true);
    expect(times(text, /class="mark"/g)).to.equal(48);
    expect(text).to.match(/37\d other members with shorter bars: see the table below/);
    const unfolded = text.replace(/<details class="part">.*?<\/details>/gs, "");
    expect(times(unfolded, /class="place"/g)).to.equal(20);
    expect(times(text, /class="place"/g)).to.equal(1_000);
    expect(times(text, / id="account-\d+"/g)).to.equal(402);
    expect(text).to.include("21 to 220 of 1,000").and.to.include("101 to 200 of 402");
  });
});

describe("consortiumMonths", () => {
  it("keeps the months in which nothing happened between others", () => {
    const [one, , three] = clean.accounts[2]!.months;
    const months = consortiumMonths([{ ...clean.accounts[2]!, months: [one!, three!] }]);
    expect(months.map(({ period }) => period)).to.deep.equal(
      ["2025-09", "2025-10", "2025-11"].map((month) => parsePeriod(month)),
    );
    expect(months[1]?.flows).to.deep.equal({});
  });
});

describe("hostile text", () => {
  const HOSTILE = `</style><script>alert("x")</script><img src=x onerror='y'>&\u0000\u202e`;
  const KEPT = ["verdict", "code", "membership"];
  const poison = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return KEPT.includes(key) ? value : HOSTILE;
    if (Array.isArray(value)) return value.map((item) => poison(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, name)]));
  };

  it("stays text, whatever field it stands in", () => {
    const text = auditPage(poison(wrong) as AuditResult, { name: HOSTILE, currency: HOSTILE });
    expect(wellFormed(text)).to.equal(true);
    expect(text).to.not.match(/<script|<img/);
    expect(text.split("</style>")).to.have.length(2);
    expect(text).to.include("&lt;script&gt;").and.to.not.include("\u0000");
  });
});

describe("sampleAudit", () => {
  it("is sound: its certificates add up, its positions sum to zero and its cash to the backing", () => {
    expect(certificatesOf(clean, 2026)).to.have.length(15);
    const sum = (pick: (account: MemberAudit) => bigint) =>
      clean.accounts.reduce((all, a) => all + pick(a), 0n);
    expect(sum(({ account }) => account.position)).to.equal(0n);
    expect(sum(({ account }) => account.cash) + clean.bonds).to.equal(clean.backing);
  });
});
