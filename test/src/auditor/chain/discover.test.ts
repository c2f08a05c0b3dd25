import { expect } from "chai";
import { discover, type DiscoverOptions } from "../../../../src/auditor/chain/discover.ts";
import { addressesOf } from "../../../../src/auditor/chain/governance.ts";
import type { ChainNode } from "../../../../src/auditor/chain/node.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { createAudited, type Audited } from "../../../support/audited.ts";
import type { Lies } from "../../../support/lying-node.ts";

/** What is found by the roles that it holds, which the deployer hands over last. */
const HELD = ["assembly", "amendments", "admissions"];

describe("discover", () => {
  let audited: Audited;
  let born: number;
  before(async () => {
    audited = await createAudited();
    born = await firstBlockWith(audited.network.deployment.ledger);
  });
  after(() => audited.stop());
  beforeEach(() => {
    audited.liar.lies = {};
  });

  /** Looks at every block, as plainly as can be. */
  async function firstBlockWith(address: string): Promise<number> {
    const { provider } = audited.network.chain;
    for (let block = 0; ; block++) if ((await provider.getCode(address, block)) !== "0x") return block;
  }

  async function failure(ledger: string, options?: DiscoverOptions, nodes?: readonly ChainNode[]) {
    const error = await discover(nodes ?? [audited.doubtful()], ledger, options).catch((one: unknown) => one);
    if (!isConsortiaError(error)) throw new Error(`not refused: ${String(error)}`);
    return error.code;
  }

  it("finds every contract and where the logs begin, from the ledger's address alone", async () => {
    const { network, honest } = audited;
    const { deployment } = network;
    const { fromBlock, created, governance, ...found } = await discover(
      [honest],
      deployment.ledger.toLowerCase(),
    );
    const { governance: governing, ...book } = deployment;
    const { credit, ...named } = found;
    expect({ ...named, fromBlock: deployment.fromBlock }).to.deep.equal(book);
    expect(credit, "the consortium's own asset").to.equal(book.asset);
    const bound = Object.entries(governing).filter(([name]) => !HELD.includes(name));
    expect(addressesOf(governance!).sort()).to.deep.equal(bound.map(([, one]) => one.toLowerCase()).sort());
    const births = [deployment.charter, deployment.register, deployment.schedule, deployment.ledger];
    expect(fromBlock).to.equal(Math.min(...(await Promise.all(births.map(firstBlockWith)))));
    const block = await network.chain.provider.getBlock(born);
    expect(created).to.deep.equal({ block: born, timestamp: block?.timestamp });
  });

  it("finds the same from several nodes", async () => {
    const { honest, doubtful, network } = audited;
    const { ledger } = network.deployment;
    expect(await discover([doubtful(), honest], ledger)).to.deep.equal(await discover([honest], ledger));
  });

  const wrong: readonly [what: string, ledger: (a: Audited) => string, code: string][] = [
    ["what is no address", () => "0x12", "AddressInvalid"],
    ["an address without a contract", () => `0x${"12".repeat(20)}`, "DeploymentMissing"],
    ["a contract without these views", ({ network }) => network.deployment.charter, "DeploymentForeign"],
    ["a contract of the same consortium", ({ network }) => network.deployment.asset, "DeploymentForeign"],
  ];
  for (const [what, ledger, code] of wrong) {
    it(`refuses ${what}`, async () => expect(await failure(ledger(audited))).to.equal(code));
  }

  it("refuses a node of another chain than the one named", async () => {
    const { ledger } = audited.network.deployment;
    expect(await failure(ledger, { chainId: 1n })).to.equal("NetworkWrong");
    expect((await discover([audited.honest], ledger, { chainId: 31_337n })).ledger).to.equal(ledger);
  });

  it("refuses nodes that tell different things", async () => {
    const { ledger } = audited.network.deployment;
    const edit: Lies["edit"] = ({ method }, result) =>
      method === "eth_getCode" && result !== "0x" ? `${String(result)}00` : result;
    audited.liar.lies = { edit };
    expect(await failure(ledger, {}, [audited.honest, audited.doubtful()])).to.equal("NodesDisagree");
  });

  describe("given a node that forgets old states", () => {
    beforeEach(() => {
      audited.liar.lies = { forgets: 10 };
    });

    it("asks for the first block", async () => {
      expect(await failure(audited.network.deployment.ledger)).to.equal("HistoryMissing");
    });

    it("believes the block that is named", async () => {
      const { ledger } = audited.network.deployment;
      const { fromBlock, created } = await discover([audited.doubtful()], ledger, { fromBlock: born });
      expect([fromBlock, created.block]).to.deep.equal([born, born]);
    });
  });

  it("refuses a first block after the contracts' own, where that can be seen", async () => {
    const { ledger } = audited.network.deployment;
    expect(await failure(ledger, { fromBlock: born + 1 })).to.equal("BlockLate");
    expect((await discover([audited.honest], ledger, { fromBlock: 1 })).created.block).to.equal(born);
  });
});
