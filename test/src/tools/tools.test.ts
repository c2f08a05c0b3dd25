import { expect } from "chai";
import { differences, numbersIn } from "../../../scripts/tools/check/snapshot.ts";
import { runSteps, type Step } from "../../../scripts/tools/check/run.ts";
import { add, closingLine, none } from "../../../scripts/tools/counts.ts";
import { ranges, readLcov } from "../../../scripts/tools/lcov.ts";
import { plan } from "../../../scripts/tools/tests.ts";

describe("plan", () => {
  const tree = [
    "test/fuzz/book.t.sol",
    "test/support/Payee.sol",
    "test/support/x.ts",
    "test/unit/book.test.ts",
  ];
  const list = (path: string) => tree.filter((file) => file.startsWith(path));
  const files = (...args: string[]) => plan(args, list).map((run) => [run.kind, ...run.files]);

  it("collects tests of both kinds and nothing else", () => {
    expect(files()).to.deep.equal([
      ["mocha", "test/unit/book.test.ts"],
      ["solidity", "test/fuzz/book.t.sol"],
    ]);
  });
  it("takes a kind, a folder or both", () => {
    expect(files("solidity")).to.deep.equal([["solidity", "test/fuzz/book.t.sol"]]);
    expect(files("test/unit")).to.deep.equal([["mocha", "test/unit/book.test.ts"]]);
    expect(files("mocha", "test/fuzz")).to.deep.equal([]);
  });
  it("takes a pattern from anywhere and refuses what it does not know", () => {
    expect(plan(["--grep", "a b", "mocha"], list)[0]?.grep).to.equal("a b");
    expect(() => plan(["--gerp"], list)).to.throw("--gerp");
  });
});

describe("closingLine", () => {
  it("names skipped tests only when there are any", () => {
    expect(closingLine(none)).to.equal("0 passed, 0 failed");
    const both = add({ passed: 2, failed: 1, skipped: 0 }, { passed: 3, failed: 0, skipped: 4 });
    expect(closingLine(both)).to.equal("5 passed, 1 failed, 4 skipped");
  });
});

describe("differences", () => {
  it("tells what moved, came and went", () => {
    expect(differences({ a: { b: 100 }, gone: 1 }, { a: { b: 110 }, fresh: 2 })).to.deep.equal([
      "a.b: 100 → 110 (+10.00 %)",
      "gone: gone, was 1",
      "fresh: new, 2",
    ]);
  });
  it("lets a figure move within the tolerance, not past it", () => {
    expect(differences({ a: 1000 }, { a: 1002 }, 0.002)).to.deep.equal([]);
    expect(differences({ a: 1000 }, { a: 1003 }, 0.002)).to.have.length(1);
  });
  it("reads numbers at any depth and leaves texts out", () => {
    expect([...numbersIn({ a: [1, { b: 2 }], c: "3", d: null })]).to.deep.equal([
      ["a.0", 1],
      ["a.1.b", 2],
    ]);
  });
});

describe("runSteps", () => {
  const run = async (steps: Step[]) => {
    const lines: string[] = [];
    const counts = await runSteps(steps, (line) => lines.push(line));
    return { counts, text: lines.join("\n") };
  };
  const step = (name: string, ok: boolean, after: string[] = []): Step => ({
    name,
    after,
    run: () => Promise.resolve({ ok, output: `${name} says no` }),
  });

  it("shows the output of failed steps alone", async () => {
    const { counts, text } = await run([step("one", true), step("two", false)]);
    expect(counts).to.deep.equal({ passed: 1, failed: 1, skipped: 0 });
    expect(text).to.contain("two says no").and.not.contain("one says no");
  });
  it("fails a step whose forerunner failed, without running it", async () => {
    const { counts, text } = await run([step("two", true, ["one"]), step("one", false)]);
    expect(counts.failed).to.equal(2);
    expect(text).to.contain("because one failed");
  });
  it("counts a step that throws as failed", async () => {
    const { counts, text } = await run([{ name: "one", run: () => Promise.reject(new Error("lost")) }]);
    expect(counts.failed).to.equal(1);
    expect(text).to.contain("lost");
  });
  it("runs at most two at a time", async () => {
    let [now, most] = [0, 0];
    const slow = (name: string): Step => ({
      name,
      run: async () => {
        most = Math.max(most, ++now);
        await new Promise((done) => setTimeout(done, 5));
        now--;
        return { ok: true, output: "" };
      },
    });
    await run(["a", "b", "c", "d", "e"].map(slow));
    expect(most).to.equal(2);
  });
});

describe("readLcov", () => {
  it("reads lines and draws missed neighbours together", () => {
    const trace = "TN:\nSF:contracts/B.sol\nDA:3,0\nDA:4,0\nDA:6,0\nDA:7,5\nend_of_record\n";
    expect(readLcov(trace)).to.deep.equal([{ file: "contracts/B.sol", lines: 4, missed: [3, 4, 6] }]);
    expect(ranges([3, 4, 6])).to.equal("3-4 6");
  });
});
