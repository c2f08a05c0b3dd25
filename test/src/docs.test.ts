import { readFileSync } from "node:fs";
import { expect } from "chai";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("documents", () => {
  const gas = JSON.parse(read("snapshots/gas.json")) as Record<string, number>;
  const table = read("README.md")
    .split("\n")
    .filter((line) => line.startsWith("| "));

  for (const [row, figures] of [
    ["one more countersigned statement", ["post.marginal.50", "post.floor.50"]],
    ["the same, half of it relieved", ["post.relief.marginal"]],
    ["the same, with a royalty", ["post.royalty.marginal"]],
    ["one record", ["record.50"]],
    ["closing a month", ["close.3000"]],
    ["withdrawing", ["withdraw", "erc20.transfer"]],
    ["a signed ballot of one choice", ["ballot.signed.100", "governor.castVoteBySig"]],
    ["the same with five choices", ["ballot.five.100"]],
    ["a signed ballot in a chamber", ["chamber.ballot.100"]],
    ["ranking 500 candidates", ["election.topk.500", "election.count.500"]],
  ] as const) {
    it(`README quotes the gas snapshot for ${row}`, () => {
      const line = table.find((text) => text.startsWith(`| ${row}`)) ?? "";
      for (const name of figures) expect(line).to.include(` ${(gas[name] ?? 0).toLocaleString("en")}`);
    });
  }

  it("no document mentions a folder beside the project", () => {
    for (const path of [
      "README.md",
      "README.zh-CN.md",
      "ARCHITECTURE.md",
      "GOTCHAS.md",
      "CONTRIBUTING.md",
      "CHANGELOG.md",
      "docs/connectors.md",
    ]) {
      expect(read(path)).not.to.match(/\.\.\//);
    }
  });

  it("every test that the connectors' conformance is shown by exists under its title", () => {
    const shown = [...read("docs/connectors.md").matchAll(/`([\w/]+)` "([^|]+)" +\|/g)];
    expect(shown).to.have.length.above(60);
    for (const [, file, title = ""] of shown)
      expect(read(`test/src/${file}.test.ts`), file).to.include(title);
  });

  it("every relative link of the documents leads somewhere", () => {
    for (const path of ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "GOTCHAS.md"]) {
      for (const [, target] of read(path).matchAll(/\]\((?!https?:)([^)#]+)\)/g))
        expect(() => read(target ?? "")).not.to.throw();
    }
  });
});
