import { expect } from "chai";
import { reportFiles as generate } from "../../../../src/cli/report/files.ts";
import { escapeHtml, html } from "../../../../src/cli/report/html.ts";
import type { MonthReport } from "../../../../src/cli/report/month.ts";
import { memberId } from "../../../../src/core/ids.ts";
import { credits, ZERO } from "../../../../src/core/money.ts";
import { wellFormed } from "../../../support/markup.ts";
import { sampleMonth } from "../../../support/month.ts";

const reportFiles = (report: MonthReport) => new Map(generate(report));
const month = sampleMonth();
const file = (report: MonthReport, name: string) => reportFiles(report).get(name) ?? "";
const index = file(month, "index.html");

describe("html", () => {
  it("escapes every text and keeps other markup, lists and nothing", () => {
    const inner = html`<b>${"<i>&\"'"}</b>`;
    expect(html`<p title="${'"><script>'}">${[inner, inner]}${undefined}${false}${3}</p>`.markup).to.equal(
      '<p title="&quot;&gt;&lt;script&gt;"><b>&lt;i&gt;&amp;&quot;&#39;</b><b>&lt;i&gt;&amp;&quot;&#39;</b>3</p>',
    );
  });

  it("does not take a look-alike for markup", () => {
    const forged = JSON.parse('{"markup":"<script>alert(1)</script>"}') as never;
    expect(html`${forged}`.markup).to.not.include("<script");
  });

  it("drops control characters", () => {
    expect(escapeHtml("a\u0000b\u001b[31m\u0085c")).to.equal("ab[31mc");
  });
});

describe("reportFiles", () => {
  it("has a page, a JSON and a CSV file for each member beside the consortium's", () => {
    const files = reportFiles(month);
    const members = month.members.flatMap(({ id }) => [
      `members/${id}.html`,
      `members/${id}.json`,
      `members/${id}.csv`,
    ]);
    expect([...files.keys()]).to.have.members([
      ...["index.html", "report.json", "members.csv", "statements.csv", "records.csv", "exceptions.csv"],
      ...members,
    ]);
  });

  it("writes well-formed pages that load and run nothing", () => {
    for (const [name, text] of reportFiles(month)) {
      if (!name.endsWith(".html")) continue;
      expect(wellFormed(text), name).to.equal(true);
      expect(text).to.not.match(
        /<(script|link|img|iframe|object|embed)\b|\b(src|srcset|on\w+)=|url\(|@import|https?:/i,
      );
      expect(text).to.include("default-src &#39;none&#39;");
    }
  });

  it("tells of prices with conditions under their service, and writes nothing where there is none", () => {
    const conditions = ["0.30 in any tier, at least 1.00", "5.00 in tier 1"];
    const services = month.services.map((one, at) => (at === 0 ? { ...one, conditions } : one));
    const page = file({ ...month, services }, "index.html");
    for (const one of conditions) expect(page).to.include(`<span class="sub">${one}</span>`);
    expect(wellFormed(page)).to.equal(true);
    expect(file(month, "report.json")).to.not.include("conditions");
  });

  it("links only to files that there are", () => {
    const files = reportFiles(month);
    for (const [name, text] of files) {
      const folder = name.startsWith("members/") ? "members/" : "";
      for (const [, target = ""] of text.matchAll(/href="([^"]*)"/g)) {
        if (target.startsWith("#")) expect(text, target).to.include(`id="${target.slice(1)}"`);
        else expect([...files.keys()]).to.include(new URL(folder + target, "file:///").pathname.slice(1));
      }
    }
  });
});

describe("consortiumPage", () => {
  it("is accessible: language, title, captions, headed rows and columns, titled charts", () => {
    expect(index).to.match(/^<!doctype html>\s*<html lang="en">/);
    expect(index).to.include("<title>Northern and Southern Libraries Consortium: November 2026</title>");
    const times = (pattern: RegExp) => index.match(pattern)?.length ?? 0;
    expect(times(/<caption>/g))
      .to.equal(times(/<table\b/g))
      .and.to.be.greaterThan(4);
    expect(
      times(/<svg [^>]*role="img" aria-labelledby="\w+-title[^"]*">\s*<title id="\w+-title">/g),
    ).to.equal(times(/<svg/g));
    expect(times(/<th(?=[\s>])/g)).to.equal(times(/<th scope="(row|col)"/g));
    expect(times(/<h1>/g)).to.equal(1);
    const terms = index.slice(index.indexOf('<dl class="figures">')).split("</dl>")[0] ?? "";
    expect(terms.match(/<div>\s*<dt>[^<]+<\/dt>\s*<dd>/g)).to.have.length(6);
    const ids = [...index.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it("has columns for relief and royalties where members had any, and none where not", () => {
    const plain = file(month, "index.html");
    for (const head of ["Relief", "Royalties"]) expect(plain).to.not.include(`>${head}</th>`);
    const [one, two, ...rest] = month.members;
    const members = [
      { ...one!, relief: credits(2_000_000n) },
      { ...two!, royalties: credits(-1_000_000n) },
      ...rest,
    ];
    const totals = { ...month.totals, relief: credits(2_000_000n), royalties: credits(1_000_000n) };
    const page = file({ ...month, members, totals }, "index.html");
    for (const head of ["Relief", "Royalties"]) expect(page).to.include(`>${head}</th>`);
    expect(page).to.include("to rights holders");
  });

  it("shows the headline figures, exact", () => {
    for (const text of ["88,019.30", "25,558.90", "1,960.25", "12,779.44", "75.40", "The book balances."]) {
      expect(index).to.include(text);
    }
  });

  it("raises an alarm where an invariant did not hold", () => {
    const broken = file({ ...month, invariants: ["2: 0.01 is missing <from> cash"] }, "index.html");
    expect(broken).to.include("The book does not balance").and.to.include("missing &lt;from&gt; cash");
    expect(broken).to.not.include("The book balances.");
  });

  it("stands a month in which nothing happened, and a consortium without members", () => {
    const { totals } = month;
    const none = Object.fromEntries(Object.keys(totals).map((key) => [key, ZERO])) as typeof totals & object;
    const nothing = { ...month, statements: [], exceptions: [], services: [], members: [], totals: none };
    const page = file(nothing, "index.html");
    expect(wellFormed(page)).to.equal(true);
    expect(page).to.include("No member gave or drew anything").and.to.include("0.0 per cent");
    expect(page).to.not.match(/NaN|Infinity|undefined/);
  });

  it("draws the largest only, and says that there are more", () => {
    const one = month.members[0]!;
    const members = Array.from({ length: 300 }, (_, n) => ({
      ...one,
      id: memberId(n + 3),
      name: `Library ${n}`,
    }));
    const page = file({ ...month, members }, "index.html");
    expect(page.match(/class="mark"/g)).to.have.length(24);
    expect(page).to.include("276 other members with shorter bars: see the table below.");
  });

  it("draws an amount of nine trillion and one of a millionth", () => {
    const [one, two] = month.members;
    const members = [
      { ...one!, given: credits((1n << 63n) - 1n), net: credits((1n << 63n) - 1n) },
      { ...two!, given: credits(1n), drawn: ZERO, net: credits(1n) },
    ];
    const page = file({ ...month, members }, "index.html");
    expect(page).to.include("9,223,372,036,854.775807").and.to.include("0.000001");
    expect(page).to.not.match(/NaN|Infinity/);
  });
});

describe("hostile text", () => {
  const HOSTILE = `</style><script>alert("x")</script><img src=x onerror='y'>&\u0000\u202e`;
  const poison = (value: unknown): unknown => {
    if (typeof value === "string")
      return ["posted", "acknowledged", "skipped"].includes(value) ? value : HOSTILE;
    if (Array.isArray(value)) return value.map(poison);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, poison(member)]));
  };
  const poisoned = poison({ ...month, invariants: ["broken"] }) as MonthReport;

  it("stays text, whatever field it stands in", () => {
    const calm = reportFiles(month);
    for (const [name, text] of reportFiles(poisoned)) {
      if (!name.endsWith(".html")) continue;
      expect(wellFormed(text), name).to.equal(true);
      expect(text).to.not.match(/<script|<img/);
      expect(text.split("</style>")).to.have.length(2);
      expect(text).to.not.include("\u0000");
      expect(calm.has(name), name).to.equal(true);
    }
  });
});

describe("memberPage", () => {
  const athens = month.members.find(({ isil }) => isil === "GR-AtAN")!;
  const page = file(month, `members/${athens.id}.html`);

  it("says what was given and drawn, and makes the net from its legs", () => {
    for (const text of ["4,029.90", "−10,533.50", "−232.25", "−6,735.85", "The month cost it 6,735.85"]) {
      expect(page).to.include(text);
    }
    for (const text of ["Refunds</th>", "relief and grants", "Royalties"]) expect(page).to.not.include(text);
  });

  it("names what the legs leave over", () => {
    const refunded = { ...athens, net: credits(athens.net + 1_500_000n) };
    const members = month.members.map((m) => (m === athens ? refunded : m));
    expect(file({ ...month, members }, `members/${athens.id}.html`)).to.match(
      /Refunds<\/th>\s*<td class="n">1\.50</,
    );
  });

  it("tells relief, royalties and compensation where there are any, and of each statement", () => {
    const aided = {
      ...athens,
      ...{ relief: credits(7_000_000n), royalties: credits(-500_000n), compensation: credits(3_000_000n) },
      net: credits(athens.net + 6_500_000n),
    };
    const members = month.members.map((m) => (m === athens ? aided : m));
    const statements = month.statements.map((s) =>
      s.consumer === athens.id ? { ...s, relieved: credits(250_000n), royalties: credits(125_000n) } : s,
    );
    const shown = file({ ...month, members, statements }, `members/${athens.id}.html`);
    expect(shown).to.match(/Paid for it by relief and grants<\/th>\s*<td class="n">7\.00</);
    expect(shown).to.match(/Royalties<\/th>\s*<td class="n">−0\.50</);
    expect(shown).to.match(/Compensation as a net lender<\/th>\s*<td class="n">3\.00</);
    expect(shown).to.not.include("Refunds</th>");
    expect(shown).to.match(/<th scope="col" class="n">Relieved<\/th>/);
    expect(shown).to.include("0.125");
  });

  it("lists its statements, and no others", () => {
    const own = month.statements.filter((s) => s.supplier === athens.id || s.consumer === athens.id);
    const roots = [...page.matchAll(/title="(0x[0-9a-f]{64})"/g)].map(([, root]) => root);
    for (const { root } of own) expect(roots).to.include(root);
    expect(roots).to.have.length(2 * own.length);
  });

  it("lists the exceptions that name it", () => {
    const count = month.exceptions.filter((e) => `${e.requesting} ${e.supplying}`.includes("GR-AtAN")).length;
    expect(count).to.be.greaterThan(0);
    expect(page.match(/REQ-2026-11-/g)).to.have.length(count);
  });

  it("shows the figures its JSON holds", () => {
    const json = JSON.parse(file(month, `members/${athens.id}.json`)) as { member: { drawn: string } };
    expect(json.member.drawn).to.equal("10533.50");
  });
});
