import { expect } from "chai";
import type { RawLog } from "../../../../src/auditor/chain/block.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { createAudited, type Audited } from "../../../support/audited.ts";
import type { Lies } from "../../../support/lying-node.ts";

const at = ({ blockNumber, logIndex }: RawLog) => ({ block: blockNumber, index: logIndex });

describe("readBlocks, from several nodes", () => {
  let audited: Audited;
  before(async () => {
    audited = await createAudited();
  });
  after(() => audited.stop());

  async function disagreement(lies: Lies, headers: "none" | "logs" | "all" = "logs") {
    const error = await audited.caught(lies, { nodes: [audited.honest, audited.doubtful()], headers });
    if (!isConsortiaError(error, "NodesDisagree")) throw new Error(`not caught: ${String(error)}`);
    return error.values;
  }

  it("tells what both say", async () => {
    const nodes = [audited.doubtful(), audited.honest];
    expect((await audited.read({ nodes })).flatMap(({ logs }) => logs)).to.deep.equal(audited.logs);
  });

  const provable: readonly [what: string, lies: (a: Audited) => Lies, log: (a: Audited) => RawLog][] = [
    ["withholds a block's only log", ({ lone }) => ({ skip: at(lone) }), ({ lone }) => lone],
    [
      "edits a log",
      ({ paired }) => ({ change: { ...at(paired), to: { data: "0x" } } }),
      ({ paired }) => paired,
    ],
    [
      "withholds a log and its receipt",
      ({ lone }) => ({ skip: at(lone), depth: "receipts" }),
      ({ lone }) => lone,
    ],
  ];
  for (const [what, lies, log] of provable) {
    it(`names the node that ${what}, whatever the level`, async () => {
      const { block, log: index, liars, nodes } = await disagreement(lies(audited), "none");
      expect({ block, index }).to.deep.equal(at(log(audited)));
      expect(liars).to.deep.equal([audited.liar.url]);
      expect(nodes).to.deep.equal([audited.honest.name, audited.liar.url]);
    });
  }

  it("names the node that edits a header", async () => {
    const { liars } = await disagreement({
      skip: at(audited.lone),
      edit: ({ method, params }, block) =>
        method === "eth_getBlockByNumber" && Number(params[0]) === audited.lone.blockNumber
          ? { ...(block as object), receiptsRoot: `0x${"12".repeat(32)}` }
          : block,
    });
    expect(liars).to.deep.equal([audited.liar.url]);
  });

  it("says that two chains sound in themselves contradict each other, and blames nobody", async () => {
    const forged: Lies = { skip: at(audited.lone), depth: "headers" };
    const { block, liars } = await disagreement(forged);
    expect({ block, liars }).to.deep.equal({ block: audited.toBlock, liars: [] });
  });

  describe("given a chain forged from the first lie on, told by the only node", () => {
    const forged = (): Lies => ({ skip: at(audited.lone), depth: "headers" });

    it("cannot tell it from the true one by itself", async () => {
      expect(await audited.caught(forged(), { headers: "all" })).to.equal(undefined);
    });

    for (const headers of ["none", "logs", "all"] as const) {
      it(`tells it by a known hash, from headers: ${headers}`, async () => {
        const { hash, number } = await audited.honest.getBlock(audited.toBlock);
        const error = await audited.caught(forged(), { headers, known: new Map([[number, hash]]) });
        expect(isConsortiaError(error, "BlockUnexpected"), String(error)).to.equal(true);
      });
    }

    it("takes the true chain with the same hash", async () => {
      const { hash, number } = await audited.honest.getBlock(audited.lone.blockNumber);
      expect(await audited.caught({}, { known: new Map([[number, hash]]) })).to.equal(undefined);
    });
  });

  it("refuses a node that is behind", async () => {
    const error = await audited.caught({ behind: 3 }, { nodes: [audited.honest, audited.doubtful()] });
    expect(isConsortiaError(error, "BlockMissing") && error.retryable, String(error)).to.equal(true);
  });

  it("refuses nodes of different chains", async () => {
    const lies: Lies = { edit: ({ method }, result) => (method === "eth_chainId" ? "0x1" : result) };
    const error = await audited.caught(lies, { nodes: [audited.honest, audited.doubtful()] });
    expect(isConsortiaError(error, "NetworkWrong"), String(error)).to.equal(true);
  });
});
