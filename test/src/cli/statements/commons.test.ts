import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HDNodeWallet, Signer } from "ethers";
import { expect } from "chai";
import { draftText } from "../../../../src/cli/import/drafts.ts";
import { compareWith } from "../../../../src/cli/nouns/comparison.ts";
import { auditStage } from "../../../../src/cli/scenario/audit.ts";
import { createKey, fundActors, setStage, type Stage } from "../../../../src/cli/scenario/stage.ts";
import { loadPreset } from "../../../../src/cli/network/preset.ts";
import { buildStatementFiles } from "../../../../src/cli/statements/build.ts";
import { countersignFile } from "../../../../src/cli/statements/countersign.ts";
import { exchangeText } from "../../../../src/cli/statements/exchange.ts";
import { readStatement } from "../../../../src/cli/statements/file.ts";
import { postStatementFiles } from "../../../../src/cli/statements/post.ts";
import { receive } from "../../../../src/cli/statements/receive.ts";
import { retract } from "../../../../src/cli/statements/retract.ts";
import { verifyStatement } from "../../../../src/cli/statements/verify.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { agency, COMMONS, COMMONS_AGENCY, isil, type Agency } from "../../../../src/core/ids.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import { parsePeriod, periodStart } from "../../../../src/core/period.ts";
import type { RecordDraft } from "../../../../src/core/record.ts";
import { bundleRecords } from "../../../../src/records/bundle.ts";
import { createDirectoryStore } from "../../../../src/records/directory.ts";
import { readAccount, sendDebtPayment } from "../../../../src/sdk/accounts.ts";
import { sendAccreditation } from "../../../../src/sdk/attestors.ts";
import { sendClaim } from "../../../../src/sdk/claims.ts";
import { actAs } from "../../../../src/sdk/consortium.ts";
import { sendAppointment } from "../../../../src/sdk/keys.ts";
import { readMember } from "../../../../src/sdk/members.ts";
import { countersign } from "../../../../src/sdk/statements.ts";
import { runCli, type Ended } from "../../../support/cli.ts";

const OCTOBER = parsePeriod("2026-10");
const [NHU, KEP] = [agency("ISIL", "XA-NHU"), agency("ISIL", "XA-KEP")];

function draft(supplier: Agency, consumer: Agency, request: string, service: string): RecordDraft {
  const completedAt = periodStart(OCTOBER) + 86_400;
  return { supplier, consumer, request, service, quantity: 1, completedAt, details: { title: "A title" } };
}
const given = (request: string, service = "record-original") => draft(NHU, COMMONS_AGENCY, request, service);

const draftsFile = (drafts: readonly RecordDraft[]) =>
  `{"version":1,"drafts":[${drafts.map(draftText).join()}]}`;

/** What goes from members to the common good and back, in the files that loans go by. */
describe("statements of the common good", function () {
  this.timeout(120_000);
  let stage: Stage;
  let attestor: Signer;
  let folder: string;

  before(async () => {
    const preset = await loadPreset("commons");
    const player = (name: Agency) => ({
      ...{ agency: name, isil: isil(name.slice(5)), name, kind: "university", tier: 1 },
      ...{ region: "north", constituency: "University libraries" },
    });
    stage = await setStage([player(NHU), player(KEP)], preset, OCTOBER);
    attestor = stage.attestors.get("Cataloguing board")!;
    await fundActors(stage, new Map(stage.actors.map(({ id }) => [id, parseCredits("100")])));
    await stage.chain.setTime(periodStart(OCTOBER) + 20 * 86_400);
    await stage.keeper.tick();
  });
  after(() => stage.close());
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "commons-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const store = () => createDirectoryStore(join(folder, "records"));
  const statements = () => join(folder, "statements");
  const build = (drafts: readonly RecordDraft[]) =>
    buildStatementFiles({
      ...{ consortium: stage.admin, services: stage.preset.services, drafts },
      ...{ store: store(), folder: statements() },
    });
  /** Signs a statement as the verb does, beside what the signer harvested itself. */
  async function sign(signer: Signer, path: string, own: readonly RecordDraft[], named = true) {
    const file = join(folder, "own.json");
    writeFileSync(file, draftsFile(own));
    const consortium = actAs(stage.admin, signer);
    const options = { dir: statements(), store: join(folder, "records"), own: [file], requireOwn: true };
    const desk = await compareWith(consortium, stage.preset.services, options);
    return countersignFile(consortium, desk, path, { named, consumer: undefined });
  }
  const post = async (signer: Signer, paths: readonly string[]) =>
    postStatementFiles({
      consortium: actAs(stage.admin, signer),
      files: await Promise.all(paths.map(readStatement)),
    });
  async function refusal(act: Promise<unknown>) {
    const error: unknown = await act.catch((reason: unknown) => reason);
    if (!isConsortiaError(error)) throw new Error(`expected a refusal, got ${JSON.stringify(error)}`);
    return error;
  }

  describe("build", () => {
    it("makes a statement of what a member gave and one of what a member used", async () => {
      const { statements: made, exceptions } = await build([
        given("b1"),
        given("b2", "record-enhance"),
        draft(COMMONS_AGENCY, KEP, "u1", "catalogue-use"),
      ]);
      expect(exceptions).to.deep.equal([]);
      const [nhu, kep] = stage.actors.map(({ id }) => id);
      expect(
        made.map(({ statement, gross }) => [statement.supplier, statement.consumer, gross]),
      ).to.deep.equal([
        [COMMONS, kep, parseCredits("0.20")],
        [nhu, COMMONS, parseCredits("4.75")],
      ]);
    });

    it("bills no contribution that nobody attests, and says so", async () => {
      const { statements: made, exceptions } = await build([given("b1", "catalogue-use")]);
      expect(made).to.deep.equal([]);
      expect(exceptions.map(({ reason }) => reason)).to.deep.equal(["not-attested"]);
      expect(exceptions[0]?.sentence).to.contain("Have a key of COMMONS accredited");
    });

    it("bills contributions apart that different keys attest, so that each can be signed", async () => {
      const other = await createKey(stage.chain);
      const service = stage.preset.services.find(({ code }) => code === "record-copy")!.id;
      const key = await attestor.getAddress();
      const { payee } = await readMember(stage.admin, COMMONS);
      await sendAppointment(stage.admin, {
        ...{ member: COMMONS, key: other.address, rights: ["countersign"], payee },
      });
      await sendAccreditation(stage.admin, { key: other.address, service, accredited: true });
      await sendAccreditation(stage.admin, { key, service, accredited: false });
      try {
        const drafts = [given("b1"), given("b1", "record-copy"), given("b2", "record-enhance")];
        const { statements: made } = await build(drafts);
        expect(made.map(({ records }) => records.length).sort()).to.deep.equal([1, 2]);
        const one = made.find(({ records }) => records.length === 1)!;
        const error = await refusal(sign(attestor, one.path, drafts));
        expect(error.code).to.equal("NotAccredited");
        expect(error.message).to.contain("record-copy").and.contain(other.address);
        expect(await sign(other, one.path, drafts)).to.include({ outcome: "signed" });
      } finally {
        await sendAccreditation(stage.admin, { key: other.address, service, accredited: false });
        await sendAccreditation(stage.admin, { key, service, accredited: true });
      }
    });
  });

  describe("countersign", () => {
    it("compares a contribution with what the attestor harvested itself", async () => {
      const drafts = [given("b1"), given("made-up")];
      const { path } = (await build(drafts)).statements[0]!;
      const first = await sign(attestor, path, [given("b1")]);
      expect(first).to.include({ outcome: "refused" });
      const told = readFileSync(first!.differences, "utf8");
      expect(told).to.contain('"missingHere"').and.contain("made-up");
      await retract(stage.admin, statements(), path);
      const { path: corrected } = (await build([given("b1")])).statements[0]!;
      expect(await sign(attestor, corrected, [given("b1")])).to.include({ outcome: "signed" });
    });

    it("finds a contribution that is given out for another service", async () => {
      const { path } = (await build([given("b1")])).statements[0]!;
      const found = await sign(attestor, path, [given("b1", "record-enhance")]);
      expect(found).to.include({ outcome: "refused" });
      expect(readFileSync(found!.differences, "utf8")).to.contain('"differentService"');
    });

    it("refuses whoever has no right for COMMONS, and passes by what is not named", async () => {
      const { path } = (await build([given("b1")])).statements[0]!;
      const { key } = stage.actors[1]!;
      expect((await refusal(sign(key, path, [given("b1")]))).code).to.equal("RightMissing");
      expect(await sign(key, path, [given("b1")], false)).to.equal(undefined);
    });

    it("refuses a key of COMMONS that is accredited for nothing, and says who is", async () => {
      const { path } = (await build([given("b1")])).statements[0]!;
      const error = await refusal(sign(stage.admin.signer!, path, [given("b1")]));
      expect(error.code).to.equal("NotAccredited");
      expect(error.message)
        .to.contain("record-original")
        .and.contain(await attestor.getAddress());
    });
  });

  describe("receive and verify", () => {
    it("believe no signature of a key that is not accredited", async () => {
      const { statement } = (await build([given("b1")])).statements[0]!;
      const { chainId, ledger } = stage.admin.deployment;
      const bundle = (await store().get(statement.root))!;
      const unsigned = { chainId: Number(chainId), ledger, statement };
      const { countersignature } = await countersign(stage.admin, stage.admin.signer!, statement);
      const file = { ...unsigned, countersignature };
      const content = JSON.parse(exchangeText({ file, bundle })) as unknown;
      const input = {
        consortium: stage.admin,
        member: statement.supplier,
        ...{ store: store(), folder: statements() },
      };
      const error = await refusal(receive(input, "a file", content));
      expect(error.code).to.equal("CountersignatureInvalid");
      expect(error.message).to.contain("accredited");
      const verdict = await verifyStatement(stage.admin, store(), file);
      expect(verdict.checks.filter(({ ok }) => !ok).map(({ check }) => check)).to.deep.equal([
        "an accredited key of COMMONS signed it",
      ]);
    });
  });

  it("cannot be claimed: what nobody attests is worth nothing", async () => {
    const { path } = (await build([given("b1")])).statements[0]!;
    const { statement } = await readStatement(path);
    const records = bundleRecords((await store().get(statement.root))!);
    const error = await refusal(sendClaim(stage.actors[0]!.as, { statement, records }));
    expect(error.message).to.contain("COMMONS, gives and draws by countersigned statements alone");
  });

  it("pay those who gave with what users paid, and the auditor agrees", async () => {
    const [nhu, kep] = stage.actors;
    const used = draft(COMMONS_AGENCY, KEP, "u1", "catalogue-use");
    const drafts = [given("b1"), { ...used, quantity: 15 }];
    const [uses, gift] = (await build(drafts)).statements;
    expect(await sign(attestor, gift!.path, drafts)).to.include({ outcome: "signed" });
    expect(await sign(kep!.key, uses!.path, drafts)).to.include({ outcome: "signed" });

    const before = await readAccount(stage.admin, nhu!.id);
    const owing = await post(nhu!.key, [gift!.path]);
    expect(owing.batches[0]?.acknowledged).to.equal(parseCredits("4.00"));
    expect((await refusal(post(kep!.key, [uses!.path]))).code).to.equal("LedgerRightMissing");
    await post(stage.admin.signer!, [uses!.path]);
    await sendDebtPayment(stage.admin, { debtor: COMMONS, creditor: nhu!.id });
    const after = await readAccount(stage.admin, nhu!.id);
    expect(after.position - before.position).to.equal(parseCredits("3.00"));
    expect((await readAccount(stage.admin, COMMONS)).debts).to.equal(parseCredits("1.00"));

    const { verdict, found } = await auditStage(stage, folder, () => {});
    expect({ verdict, ...found }).to.include({ verdict: "clean", wrong: 0, unverifiable: 0 });
  });

  it("go by the commands of a person, who names the common good as commons", async () => {
    const { deployment } = stage.admin;
    const { services } = stage.preset;
    const about = { ...deployment, chainId: Number(deployment.chainId), services };
    writeFileSync(join(folder, "deployment.json"), JSON.stringify(about));
    const drafts = [given("cli-1"), draft(COMMONS_AGENCY, KEP, "cli-2", "catalogue-use")];
    mkdirSync(join(folder, ".consortia"));
    writeFileSync(join(folder, ".consortia/drafts.json"), draftsFile(drafts));
    const run = async (key: HDNodeWallet, words: string, code = 0): Promise<Ended> => {
      const env = { CONSORTIA_RPC_URL: stage.chain.url, CONSORTIA_KEY: key.privateKey };
      const args = [...words.split(" "), "--deployment", "deployment.json", "--json"];
      const ended = await runCli(folder, args, env);
      expect(ended.code, `${words}\n${ended.stdout}${ended.stderr}`).to.equal(code);
      return ended;
    };
    const [board] = stage.attestors.values();
    const [nhu, kep] = stage.actors;
    const treasurer = stage.chain.accounts[0]!;
    await run(nhu!.key, "statement build");
    const refused = await run(treasurer, "statement countersign --consumer commons", 1);
    const why = (refused.json!["statements"] as readonly { why: string }[]).map((one) => one.why).join();
    expect(why).to.contain("is not accredited for record-original. Have it signed by");
    expect((await run(board!, "statement countersign")).json).to.include({ signed: 1 });
    expect((await run(kep!.key, "statement countersign")).json).to.include({ signed: 1 });
    const gift = (await run(nhu!.key, `statement post --supplier ${nhu!.isil}`)).json!;
    expect(gift["batches"][0]).to.include({ posted: 1, acknowledged: "4.00" });
    const use = (await run(treasurer, "statement post --supplier commons")).json!;
    expect(use["posted"][0]).to.include({ gross: "0.20" });
  });
});
