import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { isil, statementNumber } from "../../../src/core/ids.ts";
import { parseCredits } from "../../../src/core/money.ts";
import { exchangePath, exchangeText, parseExchange } from "../../../src/cli/statements/exchange.ts";
import { randomSalt, sealBundle } from "../../../src/records/bundle.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import { sendAdmission, sendApplication } from "../../../src/sdk/members.ts";
import { runCli, type Ended, type Printed } from "../../support/cli.ts";
import { createNetwork, type TestNetwork } from "../../support/network.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const MESSAGES = join(ROOT, "examples/month/messages/XA-KEP");
const REAL = resolve(ROOT, "../shared/data");
const absent = existsSync(REAL) ? "" : " (skipped: none lie beside this checkout)";

/** What Nordhafen supplied to Kepler: exchanges that the story needs, by the request's identifier. */
const [UNKNOWN, DEAR, CHEAPER, FORGOTTEN] = ["2026-0003", "2026-0004", "2026-0006", "2026-0010"];

/** Two libraries with a home each, which share nothing but a chain and what they hand each other. */
describe("the exchange of statements between two homes", () => {
  let network: TestNetwork;
  let folder: string;
  const keys: Record<string, string> = {};

  const home = (who: string, ...path: string[]) => join(folder, who, ...path);
  const statement = (who: string, name = "3-1.json") => home(who, ".consortia/statements", name);

  async function consortia(who: string, words: string, code = 0, json = true): Promise<Ended> {
    const args = [...words.split(" "), "--deployment", "../deployment.json", ...(json ? ["--json"] : [])];
    const env = { CONSORTIA_RPC_URL: network.chain.url, CONSORTIA_KEY: keys[who] ?? "" };
    const ended = await runCli(home(who), args, env);
    expect(ended.code, `${who}: ${words}\n${ended.stdout}${ended.stderr}`).to.equal(code);
    return ended;
  }
  const answer = async (who: string, words: string, code = 0): Promise<Printed> =>
    (await consortia(who, words, code)).json!;

  /** Joins as the next member: the supplier is 3 and the consumer 4. */
  async function join_(who: string, symbol: string): Promise<void> {
    const key = network.nextKey();
    const as = actAs(network.admin, key);
    const application = {
      isil: isil(symbol),
      kind: 1,
      tier: 2,
      constituency: 1,
      region: 1,
      payee: key.address,
    };
    const { member } = await sendApplication(as, application);
    await sendAdmission(network.admin, member);
    await network.fund(member, parseCredits("500"));
    keys[who] = key.privateKey;
    mkdirSync(home(who, "messages"), { recursive: true });
  }

  const edit = (path: string, from: string, to: string) => {
    const text = readFileSync(path, "utf8");
    expect(text).to.contain(from);
    writeFileSync(path, text.replaceAll(from, to));
  };
  const kinds = (found: Printed): Record<string, string> =>
    Object.fromEntries(found["differences"].map((one: Printed) => [one["request"], one["kind"]]));

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "consortia-exchange-"));
    network = await createNetwork();
    const plain = { ...network.deployment, chainId: Number(network.deployment.chainId) };
    writeFileSync(join(folder, "deployment.json"), JSON.stringify(plain));
    await join_("supplier", "XA-NHU");
    await join_("consumer", "XA-KEP");
    for (const name of readdirSync(MESSAGES)) {
      const [first = ""] = readdirSync(join(MESSAGES, name)).sort();
      const supplied = readFileSync(join(MESSAGES, name, first), "utf8").includes("XA-NHU");
      if (supplied && name !== FORGOTTEN)
        cpSync(join(MESSAGES, name), home("supplier", "messages", name), { recursive: true });
      if (name !== UNKNOWN)
        cpSync(join(MESSAGES, name), home("consumer", "messages", name), { recursive: true });
    }
    // The two systems remember two exchanges otherwise.
    edit(home("consumer", "messages", DEAR, "1-request.xml"), "15.00", "9.00");
    edit(home("consumer", "messages", CHEAPER, "2-supplying-Loaned.xml"), "10.00", "8.00");
  });
  after(async () => {
    await network.chain.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("lets the supplier build what it supplied, and hand it over in a folder of the pair", async () => {
    await answer("supplier", "import iso18626 messages");
    const built = await answer("supplier", "statement build --supplier XA-NHU");
    expect(built["statements"]).to.have.length(1);
    const { exported } = await answer("supplier", "statement export --member XA-NHU --to ../post");
    expect(exported).to.have.length(1);
    expect(exported[0]).to.include({ supplier: 3, consumer: 4, number: 1, what: "statement" });
    expect(readdirSync(join(folder, "post/3-4"))).to.deep.equal(["3-1.statement.json"]);
    const wrong = await answer("supplier", "statement export --member XA-NHU --to one.json", 1);
    expect(wrong["error"].code).to.equal("ExportAmbiguous");
  });

  it("takes it in beside whatever else lies there, and twice without harm", async () => {
    const post = join(folder, "post/3-4");
    writeFileSync(join(post, "0-garbage.json"), "{");
    symlinkSync("/etc/passwd", join(post, "1-link.json"));
    const text = readFileSync(join(post, "3-1.statement.json"), "utf8");
    writeFileSync(join(post, "2-cheaper.json"), text.replace('"amount":"10.00"', '"amount":"1.00"'));
    const first = await answer("consumer", "statement receive ../post --member XA-KEP", 1);
    expect(first["files"].map((one: Printed) => one["code"] ?? one["outcome"])).to.deep.equal([
      ...["FileNotJson", "FileIsLink", "RecordsRootMismatch", "received"],
    ]);
    for (const name of ["0-garbage.json", "1-link.json", "2-cheaper.json"]) rmSync(join(post, name));
    const again = await answer("consumer", "statement receive ../post --member XA-KEP");
    expect(again["outcomes"]).to.deep.equal({ unchanged: 1 });
  });

  it("says that there is nothing to compare with, and passes what holds by itself unless told otherwise", async () => {
    const alone = await answer("consumer", "statement verify");
    expect(alone["ok"]).to.equal(true);
    expect(alone["checks"].at(-1).found).to.contain("none at hand");
    expect(alone["totals"]).to.include({ agreed: "0.00", unchecked: alone["gross"] });
    expect(await answer("consumer", "statement verify --require-own", 1)).to.include({ ok: false });
  });

  it("shows the consumer each record beside its own, with what differs", async () => {
    await answer("consumer", "import iso18626 messages");
    const found = await answer("consumer", "statement verify", 1);
    expect(kinds(found)).to.deep.equal({
      [UNKNOWN]: "missingHere",
      [DEAR]: "aboveMaximum",
      [CHEAPER]: "differentCost",
      [FORGOTTEN]: "missingThere",
    });
    const lines = found["lines"] as { records: number }[];
    expect(found["records"]).to.have.length(lines.reduce((sum, { records }) => sum + records, 0));
    expect(found["records"].find((one: Printed) => one["request"] === CHEAPER)).to.include({
      ...{ service: "loan", quantity: 1, amount: "10.00", own: "1 loan", found: "differentCost" },
    });
    expect(found["totals"]).to.include({ disputed: "30.00", unbilled: "4.00", unchecked: "0.00" });
    const { stdout } = await consortia("consumer", "statement verify", 1, false);
    expect(stdout)
      .to.contain("and the supplier's message said 8.00")
      .and.to.contain("This statement does not hold.");
  });

  it("signs nothing of it, and writes the supplier why", async () => {
    const refused = await answer("consumer", "statement countersign", 1);
    expect(refused).to.include({ signed: 0 });
    expect(JSON.parse(readFileSync(statement("consumer"), "utf8"))).not.to.have.property("countersignature");
    const { exported } = await answer("consumer", "statement export --member XA-KEP --to ../post");
    expect(exported.map((one: Printed) => one["what"])).to.deep.equal(["differences"]);
    const received = await answer("supplier", "statement receive ../post --member XA-NHU");
    expect(received["outcomes"]).to.deep.equal({ differences: 1, unchanged: 1 });
    expect((await answer("supplier", "statement list"))["statements"][0]).to.include({ differences: 4 });
    const report = JSON.parse(readFileSync(statement("supplier", "3-1.differences.json"), "utf8")) as Printed;
    expect(report["differences"][0].sentence).to.match(/^Request 2026-\d+ of ISIL:XA-KEP to ISIL:XA-NHU/);
  });

  it("lets the supplier take it back and correct it under its number", async () => {
    rmSync(home("supplier", "messages", DEAR), { recursive: true });
    cpSync(join(MESSAGES, FORGOTTEN), home("supplier", "messages", FORGOTTEN), { recursive: true });
    await answer("supplier", "import iso18626 messages");
    expect((await answer("supplier", "statement build --supplier XA-NHU"))["statements"]).to.have.length(1);
    // What was forgotten would be a statement of its own; taken back as well, all goes into one.
    await answer("supplier", "statement retract 3-1 3-2");
    const built = await answer("supplier", "statement build --supplier XA-NHU");
    expect(built["statements"].map((one: Printed) => one["number"])).to.deep.equal([1]);
    await answer("supplier", "statement export --member XA-NHU --to ../post");
    const receive = async () =>
      (await answer("consumer", "statement receive ../post --member XA-KEP"))["outcomes"];
    expect(await receive()).to.deep.equal({ unchanged: 1, replaced: 1 });
    expect(await receive()).to.deep.equal({ outdated: 1, unchanged: 1 });
    expect(existsSync(statement("consumer", "3-1.differences.json"))).to.equal(false);
  });

  it("signs once both agree, but for what the consumer has looked at and accepts", async () => {
    cpSync(join(MESSAGES, UNKNOWN), home("consumer", "messages", UNKNOWN), { recursive: true });
    await answer("consumer", "import iso18626 messages");
    expect(kinds(await answer("consumer", "statement verify", 1))).to.deep.equal({
      [CHEAPER]: "differentCost",
    });
    const signed = await answer("consumer", `statement countersign --accept ${CHEAPER}`);
    expect(signed).to.include({ signed: 1 });
    expect(existsSync(statement("consumer", "3-1.differences.json"))).to.equal(false);
    rmSync(join(folder, "post"), { recursive: true });
    const { exported } = await answer("consumer", "statement export --member XA-KEP --to ../post");
    expect(exported.map((one: Printed) => one["what"])).to.deep.equal(["signed statement"]);
    const taken = await answer("supplier", "statement receive ../post --member XA-NHU");
    expect(taken["outcomes"]).to.deep.equal({ signed: 1 });
    expect(
      (await answer("supplier", "statement retract .consortia/statements/3-1.json", 1))["error"].code,
    ).to.equal("StatementSigned");
  });

  describe("given a second statement with a record of the first", () => {
    const number = statementNumber(9);
    let files: string;

    before(() => {
      files = join(folder, "rogue");
      const { file, bundle } = parseExchange(
        "",
        JSON.parse(readFileSync(join(folder, "post/3-4/3-1.statement.json"), "utf8")),
      );
      const [record] = bundle.records;
      const records = [{ ...record!, salt: randomSalt() }];
      const { chainId, ledger, supplier, consumer, period } = bundle;
      const sealed = sealBundle({ chainId, ledger, supplier, consumer, number, period, records });
      const lines = [{ service: record!.service, quantity: record!.quantity }];
      const again = { ...file.statement, number, lines, root: sealed.root, maximum: parseCredits("20") };
      mkdirSync(join(files, "3-4"), { recursive: true });
      const text = exchangeText({ file: { chainId, ledger, statement: again }, bundle: sealed });
      writeFileSync(exchangePath(files, again), text);
    });

    it("names the first, and signs for no record twice, whoever accepts it", async () => {
      expect(
        (await answer("consumer", "statement receive ../rogue --member XA-KEP"))["outcomes"],
      ).to.deep.equal({ received: 1 });
      const found = await answer("consumer", "statement verify 3-9", 1);
      expect(found["differences"]).to.have.length(1);
      expect(found["differences"][0]).to.include({
        verdict: "blocks",
        kind: "duplicate",
        own: "statement 3-1, countersigned",
      });
      const request = found["differences"][0].request as string;
      const refused = await answer("consumer", `statement countersign --accept ${request}`, 1);
      expect(refused["statements"].map((one: Printed) => one["outcome"])).to.deep.equal(["refused"]);
    });

    it("knows it from the index alone, when folder and bundles of the first are gone", async () => {
      renameSync(statement("consumer"), join(folder, "3-1.json"));
      const root = (JSON.parse(readFileSync(join(folder, "3-1.json"), "utf8")) as Printed)["root"] as string;
      rmSync(home("consumer", ".consortia/records", root.slice(2, 4), `${root}.json`));
      const found = await answer("consumer", "statement verify 3-9", 1);
      expect(found["differences"][0]).to.include({ kind: "duplicate" });
      await answer("consumer", "statement countersign 3-9", 1);
    });
  });

  it("posts what was signed, and then leaves it out of what waits", async () => {
    expect((await answer("supplier", "statement post"))["posted"]).to.have.length(1);
    expect((await answer("supplier", "statement verify"))["statements"]).to.deep.equal([]);
    expect(
      (await answer("supplier", "statement export --member XA-NHU --to ../post"))["exported"],
    ).to.deep.equal([]);
    expect((await answer("supplier", "statement build --supplier XA-NHU"))["statements"]).to.deep.equal([]);
  });

  describe(`given files that others wrote${absent}`, () => {
    before(function () {
      if (absent !== "") this.skip();
    });

    it("imports real messages beside its own and compares as before", async () => {
      const before = await answer("consumer", "import iso18626 messages --out before.json");
      cpSync(join(REAL, "iso18626"), home("consumer", "messages/real"), { recursive: true });
      const mixed = await answer("consumer", "import iso18626 messages --out mixed.json");
      expect(mixed["messages"]).to.be.greaterThan(before["messages"]);
      expect(mixed["drafts"]).to.equal(before["drafts"]);
      const found = await answer(
        "consumer",
        "statement verify .consortia/statements/3-9.json --own mixed.json",
        1,
      );
      expect(found["differences"].map((one: Printed) => one["kind"])).to.deep.equal(["duplicate"]);
    });

    it("refuses messages, usage reports and scenarios as statements, each by itself", async () => {
      const files = ["iso18626", "reshare-scenarios", "cop5"].flatMap((name) =>
        existsSync(join(REAL, name))
          ? readdirSync(join(REAL, name)).map((file) => join(REAL, name, file))
          : [],
      );
      const found = await answer("consumer", `statement receive ${files.join(" ")} --member XA-KEP`, 1);
      expect(found["outcomes"]).to.deep.equal({ refused: files.length });
      const codes = new Set(found["files"].map((one: Printed) => one["code"]));
      expect([...codes].sort()).to.deep.equal(["BundleInvalid", "FileNotJson"]);
    });
  });
});
