import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { filesBelow } from "../../scripts/tools/files.ts";
import { root } from "../../scripts/tools/process.ts";
import * as house from "../support/architecture.ts";
import type { Files } from "../support/imports.ts";

const textual = /\.(ts|mjs|js|sol|json|md|ya?ml|html|css)$/;
const generated = /^src\/chain\/types\/|^package-lock\.json$|^examples\/data\//;

const files: Files = new Map(
  filesBelow(".")
    .filter((path) => textual.test(path) && !generated.test(path))
    .map((path) => [path, readFileSync(join(root, path), "utf8")]),
);

/** A project that consists of the given files. */
const project = (texts: Record<string, string>): Files => new Map(Object.entries(texts));

describe("architecture", () => {
  describe("the table of rooms", () => {
    it("knows every folder under src", () => {
      expect(house.unknownRooms(files)).to.deep.equal([]);
      expect(house.unknownRooms(project({ "src/attic/a.ts": "" }))).to.deep.equal(["attic"]);
    });

    for (const folder of Object.keys(house.rooms)) {
      it(`lets src/${folder} import only what its row names`, () => {
        expect(house.strayImports(files, folder)).to.deep.equal([]);
      });
    }

    const violations: readonly [what: string, from: string, specifier: string][] = [
      ["core a chain library", "src/core/a.ts", "ethers"],
      ["core a part of a chain library", "src/core/a.ts", "ethers/crypto"],
      ["core the file system", "src/core/a.ts", "node:fs"],
      ["core the chain", "src/core/a.ts", "../chain/a.ts"],
      ["core a deeper file", "src/core/deep/a.ts", "../../sdk/members.ts"],
      ["chain the SDK", "src/chain/a.ts", "../sdk/a.ts"],
      ["chain Node", "src/chain/a.ts", "node:fs"],
      ["the SDK a service", "src/sdk/a.ts", "../keeper/a.ts"],
      ["connectors the chain", "src/connectors/csv/a.ts", "../../chain/a.ts"],
      ["connectors Node", "src/connectors/csv/a.ts", "node:fs"],
      ["records the SDK", "src/records/a.ts", "../sdk/a.ts"],
      ["the auditor the indexer", "src/auditor/a.ts", "../indexer/a.ts"],
      ["the auditor the keeper", "src/auditor/a.ts", "../keeper/a.ts"],
      ["the keeper the gateway", "src/keeper/a.ts", "../gateway/a.ts"],
      ["the gateway the CLI", "src/gateway/a.ts", "../cli/a.ts"],
      ["the web the CLI", "src/web/a.ts", "../cli/a.ts"],
    ];
    for (const [what, from, specifier] of violations) {
      const folder = from.split("/")[1] ?? "";
      it(`would catch ${what} under src/${folder}`, () => {
        for (const text of [
          `import { a } from "${specifier}";`,
          `import type { A } from "${specifier}";`,
          `export * from "${specifier}";`,
          `const a = await import("${specifier}");`,
        ]) {
          expect(house.strayImports(project({ [from]: text }), folder), text).to.deep.equal([
            `${from} imports ${specifier}`,
          ]);
        }
      });
    }

    it("takes no comment and no string for an import", () => {
      const text =
        '// import a from "ethers"\nconst s = \'import a from "ethers"\';\n/* export * from "ethers" */';
      expect(house.strayImports(project({ "src/core/a.ts": text }), "core")).to.deep.equal([]);
    });
  });

  it("imports cli and web nowhere but in scripts and tests", () => {
    expect(house.importedCompositions(files)).to.deep.equal([]);
    const text = 'import { main } from "../src/cli/main.ts";';
    expect(house.importedCompositions(project({ "scripts/a.ts": text, "test/a.ts": text }))).to.deep.equal(
      [],
    );
    expect(house.importedCompositions(project({ "bench/a.ts": text }))).to.have.length(1);
  });

  it("builds src on neither scripts, tests nor benchmarks", () => {
    expect(house.sourceReachingOut(files)).to.deep.equal([]);
    const text = 'import { root } from "../../scripts/tools/process.ts";';
    expect(house.sourceReachingOut(project({ "src/cli/a.ts": text }))).to.have.length(1);
  });

  it("lets deployment modules import nothing of src but core", () => {
    expect(house.strayDeployImports(files)).to.deep.equal([]);
    const [good, bad] = ['import "../../src/core/ids.ts";', 'import "../../src/chain/abi.ts";'];
    expect(house.strayDeployImports(project({ "deploy/modules/a.ts": good }))).to.deep.equal([]);
    expect(house.strayDeployImports(project({ "deploy/modules/a.ts": bad }))).to.have.length(1);
  });

  it("keeps the house's tools apart from what they check", () => {
    expect(house.strayToolImports(files)).to.deep.equal([]);
    const text = 'import "../../src/core/ids.ts";';
    expect(house.strayToolImports(project({ "scripts/tools/a.ts": text }))).to.have.length(1);
  });

  it("keeps scripts thin", () => {
    expect(house.thickScripts(files)).to.deep.equal([]);
    const long = "\n".repeat(61);
    expect(house.thickScripts(project({ "scripts/a.ts": long, "scripts/check.ts": long }))).to.deep.equal([
      "scripts/a.ts has 61 lines",
    ]);
  });

  it("points at nothing outside the repository", () => {
    expect(house.outsidePaths(files)).to.deep.equal([]);
    const text = `see ../shared/data`;
    expect(house.outsidePaths(project({ "README.md": text, "test/a.ts": text }))).to.deep.equal([
      "README.md",
    ]);
  });

  it("has no cycle between folders under src", () => {
    expect(house.folderCycle(files)).to.equal(undefined);
    const cyclic = { "src/core/a.ts": 'import "../sdk/a.ts";', "src/sdk/b.ts": 'import "../core/b.ts";' };
    expect(house.folderCycle(project(cyclic))).to.equal("core → sdk → core");
  });

  it("has no cycle between files", () => {
    expect(house.fileCycle(files)).to.equal(undefined);
    const cyclic = {
      "src/core/a.ts": 'import "./b.ts";',
      "src/core/b.ts": 'import type { C } from "./c.ts";',
      "src/core/c.ts": 'export * from "./a.ts";',
    };
    expect(house.fileCycle(project(cyclic))).to.equal(
      "src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts",
    );
  });
});
