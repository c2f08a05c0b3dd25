import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Command } from "commander";
import { createProgram } from "../../../src/cli/program.ts";
import { toJson, toText } from "../../../src/cli/shell/render.ts";
import { parseCredits } from "../../../src/core/money.ts";
import { runCli, startCli, type Ended } from "../../support/cli.ts";
import { createNetwork, type TestNetwork } from "../../support/network.ts";

const leaves = (one: Command): Command[] =>
  one.commands.length === 0 ? [one] : one.commands.flatMap((sub) => leaves(sub));

function wordsOf(one: Command): string {
  return one.parent === null ? "" : `${wordsOf(one.parent)} ${one.name()}`.trim();
}

function helpOf(one: Command): string {
  let text = "";
  one.configureOutput({ writeOut: (part) => (text += part) });
  one.outputHelp();
  return text;
}

describe("consortia --help", () => {
  it("says nothing of a reader that leaves early, and goes on to its end", async () => {
    const child = startCli(tmpdir(), ["import", "--help"]);
    child.stdout?.destroy();
    let said = "";
    child.stderr?.on("data", (piece: Buffer) => (said += piece.toString()));
    expect(await new Promise((done) => child.once("close", done))).to.equal(0);
    expect(said).to.equal("");
  });

  for (const one of leaves(createProgram())) {
    it(`shows an example of ${wordsOf(one)} that the command itself would take`, () => {
      const [, words] = /Example:\n {2}npm run consortia -- (.*)/.exec(helpOf(one)) ?? [];
      expect(words).to.match(new RegExp(`^${wordsOf(one)}( |$)`));
      const { operands, unknown } = one.parseOptions(
        (words ?? "").split(" ").slice(wordsOf(one).split(" ").length),
      );
      expect(operands.length).to.be.at.least(
        one.registeredArguments.filter(({ required }) => required).length,
      );
      expect(
        unknown.filter((word) => !["--json", "--keystore", "--rpc"].includes(word) && word.startsWith("-")),
      ).to.deep.equal([]);
    });
  }
});

describe("what a command prints", () => {
  const data = { cash: parseCredits("12.5"), lines: [{ service: 1, amount: parseCredits("-0.000001") }] };

  it("is amounts as exact decimal text in JSON", () => {
    expect(toJson(data)).to.equal('{"cash":"12.50","lines":[{"service":1,"amount":"-0.000001"}]}');
  });

  it("is plain text unless colours are asked for", () => {
    expect(toText({ data, title: "Yes." }, false)).to.equal(
      "Yes.\n\ncash  12.50\n\nlines\nservice     amount\n      1  -0.000001",
    );
    expect(toText({ data }, true)).to.contain("\u001b[1m");
  });

  it("is no wider for an endless text of somebody else's", () => {
    const rows = [{ title: "x".repeat(1_000_000) }, { title: "y" }];
    expect(toText({ data: { rows } }, false).length).to.be.below(1_000);
    expect(toJson({ rows }).length).to.be.above(1_000_000);
  });

  it("leaves codes as they stand, and says names in words", () => {
    const said = toText({ data: { reasons: { CounterNotReport: 2, alreadyBilled: 1 } } }, false);
    expect(said)
      .to.match(/CounterNotReport 2/)
      .and.match(/already billed 1/);
  });

  it("never obeys what stands in somebody's file", () => {
    expect(toText({ data: { reason: "\u001b[2Jgone\r\n" } }, false)).to.equal("reason   [2Jgone  ");
  });
});

describe("consortia, used wrongly or in a bad hour", () => {
  let network: TestNetwork;
  let folder: string;
  let env: Record<string, string>;

  const run = (words: string, changes: Record<string, string> = {}): Promise<Ended> =>
    runCli(folder, words.split(" "), { ...env, ...changes });
  const codeOf = ({ json }: Ended): unknown => (json?.["error"] as { code?: unknown } | undefined)?.code;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-cli-"));
    network = await createNetwork();
    await network.createMember();
    const plain = { ...network.deployment, chainId: Number(network.deployment.chainId) };
    await writeFile(join(folder, "deployment.json"), JSON.stringify(plain));
    await writeFile(join(folder, "elsewhere.json"), JSON.stringify({ ...plain, chainId: 5 }));
    await writeFile(join(folder, "gone.json"), JSON.stringify({ ...plain, ledger: `0x${"12".repeat(20)}` }));
    env = { CONSORTIA_RPC_URL: network.chain.url, CONSORTIA_KEY: network.chain.accounts[0]!.privateKey };
  });
  after(async () => {
    await network.chain.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const here = "--json --deployment deployment.json";
  const cases: readonly [
    what: string,
    words: string,
    code: number,
    error: string,
    env?: Record<string, string>,
  ][] = [
    ["a noun nobody knows", "loan list --json", 2, "commander.unknownCommand"],
    ["an option nobody knows", `period show --fast ${here}`, 2, "commander.unknownOption"],
    ["an argument that is missing", `member admit ${here}`, 2, "commander.missingArgument"],
    ["an amount that is none", `account deposit 3 1,50 ${here}`, 2, "commander.invalidArgument"],
    ["no deployment file", "period show --json", 2, "DeploymentUnknown"],
    ["a deployment on another chain", "period show --json --deployment elsewhere.json", 1, "NetworkWrong"],
    ["a chain that was reset", "period show --json --deployment gone.json", 1, "DeploymentMissing"],
    ["a node that does not answer", `period show ${here} --rpc http://127.0.0.1:9`, 3, "NetworkUnreachable"],
    ["a node's address that is none", `period show ${here} --rpc node`, 2, "UrlInvalid"],
    ["no key", `period close ${here}`, 2, "SignerMissing", { CONSORTIA_KEY: "" }],
    ["a key that is none", `period close ${here}`, 2, "KeyInvalid", { CONSORTIA_KEY: "0x12" }],
    [
      "a key without coins",
      `member apply XA-P ${here}`,
      1,
      "GasUnfunded",
      { CONSORTIA_KEY: `0x${"07".repeat(32)}` },
    ],
    ["a keystore that is not there", `period close ${here} --keystore no.json`, 2, "KeystoreUnreadable"],
    ["a month that is not over", `period close ${here}`, 3, "LedgerPeriodOpen"],
    ["a member nobody knows", `member show XA-NOBODY ${here}`, 1, "MemberUnknown"],
    ["no statement to post", `statement post ${here}`, 1, "StatementsMissing"],
    ["drafts that are not there", `statement build ${here}`, 1, "FileUnreadable"],
  ];
  for (const [what, words, code, error, changes] of cases) {
    it(`ends with ${code} given ${what}`, async () => {
      const ended = await run(words, changes);
      expect([ended.code, codeOf(ended)]).to.deep.equal([code, error]);
    });
  }

  it("lets the wrong key do nothing", async () => {
    const ended = await run(`member suspend 3 ${here}`, {
      CONSORTIA_KEY: network.chain.accounts[9]!.privateKey,
    });
    expect([ended.code, codeOf(ended)]).to.deep.equal([1, "AccessManagedUnauthorized"]);
  });

  it("says what happened and what to do on standard error, in words", async () => {
    const ended = await run("member show 77 --deployment deployment.json");
    expect(ended).to.include({ code: 1, stdout: "", stderr: "There is no member 77.\n" });
  });

  it("never shows a key or the path of a node's address", async () => {
    const secret = `0x${"ab".repeat(32)}`;
    const ended = await run(`period close ${here} --rpc http://127.0.0.1:9/v3/token`, {
      CONSORTIA_KEY: secret,
    });
    expect(ended.stdout + ended.stderr)
      .to.not.contain("token")
      .and.not.contain("abab");
  });

  describe("given a keystore", () => {
    it("keeps a key encrypted for its owner alone, opens it, and tells a wrong password", async () => {
      const password = { CONSORTIA_PASSWORD: "open sesame" };
      const made = await run("key create keys/one.json --fast --json", password);
      expect(made.code).to.equal(0);
      const text = await readFile(join(folder, "keys/one.json"), "utf8");
      expect(JSON.parse(text)).to.have.property("version", 3);
      expect((await stat(join(folder, "keys/one.json"))).mode & 0o077).to.equal(0);
      expect(codeOf(await run("key create keys/one.json --fast --json", password))).to.equal("FileExists");
      await network.chain.fund(String(made.json?.["address"]));
      const with_ = `member apply XA-KEY ${here} --keystore keys/one.json`;
      expect(codeOf(await run(with_))).to.equal("PasswordMissing");
      expect(codeOf(await run(with_, { CONSORTIA_PASSWORD: "sesame" }))).to.equal("PasswordWrong");
      expect((await run(with_, password)).json).to.include({ isil: "XA-KEY", payee: made.json?.["address"] });
    });
  });

  it("starts a chain, prints where it is, and ends cleanly on a signal", async () => {
    const child = startCli(folder, ["network", "start", "--port", "0", "--state", "chain", "--json"]);
    let said = "";
    await new Promise<void>((done) => {
      child.stdout?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes("\n")) done();
      });
    });
    const { url } = JSON.parse(said) as { url: string };
    expect(url).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    child.kill("SIGINT");
    expect(await new Promise((done) => child.once("close", done))).to.equal(0);
    expect((await stat(join(folder, "chain/state.json"))).size).to.be.greaterThan(0);
    expect(codeOf(await run(`period show --json --rpc ${url}`))).to.equal("NetworkUnreachable");
  });
});
