import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { memberId, serviceId, type MemberId } from "../../../../src/core/ids.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import { addMonths, parsePeriod } from "../../../../src/core/period.ts";
import type { Statement } from "../../../../src/core/statement.ts";
import { differencesPath, differencesText } from "../../../../src/cli/statements/differences.ts";
import { exchangeText } from "../../../../src/cli/statements/exchange.ts";
import { readStatement, statementPath, type StatementFile } from "../../../../src/cli/statements/file.ts";
import { receive, type Received } from "../../../../src/cli/statements/receive.ts";
import { retract } from "../../../../src/cli/statements/retract.ts";
import type { Bundle } from "../../../../src/records/bundle.ts";
import { createDirectoryStore } from "../../../../src/records/directory.ts";
import { countersign } from "../../../../src/sdk/statements.ts";
import { bundle as anyBundle } from "../../../support/bundles.ts";
import { createNetwork, type NetworkMember, type TestNetwork } from "../../../support/network.ts";

describe("receive", () => {
  let network: TestNetwork;
  let supplier: NetworkMember;
  let consumer: NetworkMember;
  let folder: string;
  let store: ReturnType<typeof createDirectoryStore>;

  before(async () => {
    network = await createNetwork();
    supplier = await network.createMember();
    consumer = await network.createMember("1000");
  });
  after(async () => network.chain.stop());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "receive-"));
    store = createDirectoryStore(join(folder, "records"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A statement of three loans with its bundle, and whatever is said otherwise. */
  function make(over: Partial<Bundle> = {}, terms: Partial<Statement> = {}) {
    const { chainId, ledger } = network.deployment;
    const where = { chainId: Number(chainId), ledger, supplier: supplier.id, consumer: consumer.id };
    const bundle = anyBundle(3, { ...where, period: parsePeriod("2026-10"), ...over });
    const { number, period, root } = bundle;
    const statement: Statement = {
      ...{ supplier: bundle.supplier, consumer: bundle.consumer, number, period, root },
      lines: [{ service: serviceId(1), quantity: 3 }],
      maximum: parseCredits("50"),
      lastPeriod: addMonths(period, 3),
      ...terms,
    };
    const file: StatementFile = { chainId: bundle.chainId, ledger: bundle.ledger, statement };
    return { file, bundle };
  }
  type Made = ReturnType<typeof make>;

  async function signed({ file, bundle }: Made, by: NetworkMember = consumer): Promise<Made> {
    const { countersignature } = await countersign(network.admin, by.key, file.statement);
    return { file: { ...file, countersignature }, bundle };
  }
  const take = (content: unknown, member: MemberId = consumer.id): Promise<Received> =>
    receive({ consortium: network.admin, member, store, folder }, "a file", content);
  const takeIn = (made: Made, member: MemberId = consumer.id) => take(JSON.parse(exchangeText(made)), member);
  async function refusal(act: Promise<unknown>): Promise<string> {
    const error: unknown = await act.catch((reason: unknown) => reason);
    if (!isConsortiaError(error)) throw new Error(`expected a refusal, got ${JSON.stringify(error)}`);
    return error.code;
  }
  const held = () => readStatement(statementPath(folder, make().file.statement));
  const retracted = () =>
    existsSync(join(folder, "retracted")) ? readdirSync(join(folder, "retracted")) : [];

  describe("as the consumer", () => {
    it("takes in a statement with its records, and the same again without a change", async () => {
      const made = make();
      expect(await takeIn(made)).to.include({
        outcome: "received",
        supplier: supplier.id,
        number: 7,
        entries: 3,
      });
      expect(await held()).to.deep.equal(made.file);
      expect(await store.get(made.bundle.root)).to.deep.equal(made.bundle);
      const before = readFileSync(statementPath(folder, made.file.statement), "utf8");
      expect(await takeIn(made)).to.include({ outcome: "unchanged" });
      expect(readFileSync(statementPath(folder, made.file.statement), "utf8")).to.equal(before);
    });

    it("lets a corrected statement take the place of an unsigned one, which it keeps beside", async () => {
      const [first, second] = [make(), make()];
      await takeIn(first);
      writeFileSync(differencesPath(statementPath(folder, first.file.statement)), "{}");
      expect(await takeIn(second)).to.include({ outcome: "replaced" });
      expect((await held()).statement.root).to.equal(second.bundle.root);
      expect(retracted()).to.have.length(1);
      expect(existsSync(differencesPath(statementPath(folder, first.file.statement)))).to.equal(false);
      expect(await store.get(first.bundle.root)).not.to.equal(undefined);
    });

    it("lets nothing take the place of a countersigned one", async () => {
      const first = await signed(make());
      expect(await takeIn(first)).to.include({ outcome: "signed" });
      expect(await refusal(takeIn(make()))).to.equal("StatementConflict");
      expect(await refusal(takeIn(await signed(make())))).to.equal("StatementConflict");
      expect(
        await takeIn({ ...first, file: { ...first.file, countersignature: undefined } as never }),
      ).to.include({
        outcome: "unchanged",
      });
      expect((await held()).countersignature).to.deep.equal(first.file.countersignature);
    });

    it("sets a damaged file aside instead of losing it", async () => {
      const made = make();
      writeFileSync(statementPath(folder, made.file.statement), '{"version":1');
      expect(await takeIn(made)).to.include({ outcome: "received" });
      expect(readFileSync(join(folder, "retracted", retracted()[0]!), "utf8")).to.equal('{"version":1');
    });

    it("brings a lost bundle back", async () => {
      const made = make();
      await takeIn(made);
      rmSync(join(folder, "records"), { recursive: true });
      expect(await takeIn(made)).to.include({ outcome: "unchanged" });
      expect(await store.get(made.bundle.root)).not.to.equal(undefined);
    });
  });

  describe("given what is not right", () => {
    const plain = (made: Made) => JSON.parse(exchangeText(made)) as Record<string, unknown>;
    const inside = (over: object) => {
      const one = plain(make());
      return { ...one, statement: { ...(one["statement"] as object), ...over } };
    };
    const cases: readonly [what: string, code: string, content: () => unknown][] = [
      ["null", "BundleInvalid", () => null],
      ["a list", "BundleInvalid", () => []],
      ["another version", "BundleInvalid", () => ({ ...plain(make()), version: 2 })],
      ["a reader's name among the records", "BundleInvalid", () => ({ ...plain(make()), patron: "Ada" })],
      [
        "records without a statement",
        "StatementMissing",
        () => JSON.parse(JSON.stringify(make().bundle)) as unknown,
      ],
      ["a statement without lines", "StatementFileInvalid", () => inside({ lines: [] })],
      ["lines that are none", "StatementFileInvalid", () => inside({ lines: "loan" })],
      ["a line that is null", "StatementFileInvalid", () => inside({ lines: [null] })],
      [
        "more lines than can be",
        "StatementFileInvalid",
        () => inside({ lines: Array(256).fill({ service: 1, quantity: 1 }) }),
      ],
      ["a negative maximum", "StatementFileInvalid", () => inside({ maximum: "-1.00" })],
      [
        "a maximum beyond all money",
        "StatementFileInvalid",
        () => inside({ maximum: "9999999999999999999" }),
      ],
      ["a number that is a path", "StatementFileInvalid", () => inside({ number: "../../7" })],
      ["a signature of no kind", "StatementFileInvalid", () => inside({ countersignature: { kind: "wax" } })],
      ["a signature that is a list", "StatementFileInvalid", () => inside({ countersignature: [] })],
      [
        "a statement nested without end",
        "BundleInvalid",
        () => inside({ deep: JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`) as unknown }),
      ],
      ["records of another root", "ExchangeMismatch", () => inside({ root: `0x${"12".repeat(32)}` })],
      ["records of another number", "ExchangeMismatch", () => inside({ number: 8 })],
      ["records of another month", "ExchangeMismatch", () => inside({ period: "2026-09" })],
      ["records of another pair", "ExchangeMismatch", () => inside({ supplier: 9 })],
      ["a statement of another chain than its records", "ExchangeMismatch", () => inside({ chainId: 5 })],
      [
        "an amount that was changed",
        "RecordsRootMismatch",
        () => {
          const one = plain(make());
          return {
            ...one,
            records: (one["records"] as object[]).map((record) => ({ ...record, amount: "1.00" })),
          };
        },
      ],
      [
        "half of a surrogate pair",
        "TextInvalid",
        () => {
          const one = plain(make());
          const records = one["records"] as { request: object }[];
          return {
            ...one,
            records: records.map((record) => ({ ...record, request: { ...record.request, id: "\ud800" } })),
          };
        },
      ],
      ["another chain", "StatementForeign", () => plain(make({ chainId: 5 }))],
      ["another ledger", "StatementForeign", () => plain(make({ ledger: `0x${"12".repeat(20)}` }))],
      [
        "a statement between others",
        "StatementForeign",
        () => plain(make({ supplier: memberId(50), consumer: memberId(51) })),
      ],
      ["differences that are none", "DifferencesInvalid", () => ({ version: 1, differences: [null] })],
    ];
    for (const [what, code, content] of cases) {
      it(`refuses ${what} as ${code} and keeps nothing of it`, async () => {
        expect(await refusal(take(content()))).to.equal(code);
        expect(readdirSync(folder).filter((name) => name !== "records")).to.deep.equal([]);
      });
    }

    it("refuses a signature that no key of the consumer made", async () => {
      expect(await refusal(takeIn(await signed(make(), supplier)))).to.equal("CountersignatureInvalid");
      const made = await signed(make());
      const stolen = {
        ...made,
        file: { ...made.file, statement: { ...made.file.statement, maximum: parseCredits("99") } },
      };
      expect(await refusal(takeIn(stolen))).to.equal("CountersignatureInvalid");
    });

    it("refuses times that were changed under a root that is known", async () => {
      const made = make();
      await takeIn(made);
      const records = made.bundle.records.map((record) => ({ ...record, completedAt: 0 }));
      expect(await refusal(takeIn({ ...made, bundle: { ...made.bundle, records } }))).to.equal(
        "BundleConflict",
      );
    });
  });

  describe("as the supplier", () => {
    it("takes the signature for the statement that it made, once", async () => {
      const made = make();
      await takeIn(made);
      const back = await signed(made);
      expect(await takeIn(back, supplier.id)).to.include({ outcome: "signed" });
      expect((await held()).countersignature).to.deep.equal(back.file.countersignature);
      expect((await store.get(made.bundle.root))?.statement).not.to.equal(undefined);
      expect(await takeIn(back, supplier.id)).to.include({ outcome: "unchanged" });
    });

    it("takes no other statement than it made, however well it is signed", async () => {
      const made = make();
      await takeIn(made);
      const cheaper = await signed(make());
      expect(await refusal(takeIn(cheaper, supplier.id))).to.equal("StatementStray");
      expect(await refusal(takeIn(make({ number: 9 as never }), supplier.id))).to.equal("StatementStray");
      expect((await held()).statement.root).to.equal(made.bundle.root);
    });

    it("takes the one that it took back, where the consumer has signed it all the same", async () => {
      const [first, second] = [make(), make()];
      await takeIn(first);
      await retract(network.admin, folder, statementPath(folder, first.file.statement));
      await takeIn(second);
      expect(await takeIn(await signed(first), supplier.id)).to.include({ outcome: "replaced" });
      expect((await held()).statement.root).to.equal(first.bundle.root);
      expect(retracted()).to.have.length(2);
    });
  });

  describe("given a consumer's differences", () => {
    const report = ({ file, bundle }: Made) => {
      const { number, period, root } = bundle;
      const about = { supplier: supplier.id, consumer: consumer.id, number, period, root };
      const difference = {
        ...{ kind: "missingHere" as const, blocking: true, request: bundle.records[0]!.request },
        ...{ service: serviceId(1), charge: 0, billed: "12.50", own: "", sentence: "It is billed." },
      };
      const { chainId, ledger } = file;
      return differencesText({ chainId, ledger, ...about, faults: ["not: this"], differences: [difference] });
    };

    it("puts them beside the statement, once", async () => {
      const made = make();
      await takeIn(made);
      const text = report(made);
      expect(await take(JSON.parse(text), supplier.id)).to.include({ outcome: "differences", entries: 1 });
      expect(readFileSync(differencesPath(statementPath(folder, made.file.statement)), "utf8")).to.equal(
        text,
      );
      expect(await take(JSON.parse(text), supplier.id)).to.include({ outcome: "unchanged" });
    });

    it("leaves them alone where the statement was corrected since, and refuses them where there is none", async () => {
      const made = make();
      expect(await refusal(take(JSON.parse(report(made)), supplier.id))).to.equal("DifferencesStray");
      await takeIn(make());
      expect(await take(JSON.parse(report(made)), supplier.id)).to.include({ outcome: "outdated" });
      expect(existsSync(differencesPath(statementPath(folder, made.file.statement)))).to.equal(false);
    });
  });
});
