import { expect } from "chai";
import { PER_PAGE, readPages } from "../../../src/connectors/pages.ts";
import { all } from "../../support/bytes.ts";

/** A list in pages of a server that does not count; `whole` gives all of it on every page. */
async function read(length: number, whole = false): Promise<number> {
  const list = Array.from({ length }, (_, at) => ({ id: String(at) }));
  const ask = async (_page: number, offset: number) =>
    Promise.resolve({ items: whole ? list : list.slice(offset, offset + PER_PAGE), total: undefined });
  return (await all(readPages(ask, ({ id }) => id as string))).length;
}

describe("connectors/pages: a server that does not count", () => {
  it("is asked on while its pages are full, so that nothing is left behind unsaid", async () => {
    for (const length of [0, 1, PER_PAGE - 1, PER_PAGE, PER_PAGE + 1, 3 * PER_PAGE]) {
      expect(await read(length), String(length)).to.equal(length);
    }
  });

  it("may give everything at once, a full page's worth too", async () => {
    for (const length of [1, PER_PAGE, 2 * PER_PAGE]) expect(await read(length, true)).to.equal(length);
  });
});
