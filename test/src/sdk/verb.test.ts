import { expect } from "chai";
import { prepareTouch, sendTouch } from "../../../src/sdk/accounts.ts";
import { useWorld } from "../../support/world.ts";

describe("sendCall", () => {
  const world = useWorld();

  it("brings a quarter more gas than the node reckons, since the next second may need it", async () => {
    const { admin, bob } = world();
    const { to, data } = await prepareTouch(admin, bob.id);
    const reckoned = await admin.provider.estimateGas({ to, data });
    const { hash } = await sendTouch(admin, bob.id);
    const sent = await admin.provider.getTransaction(hash);
    expect(sent?.gasLimit).to.equal(reckoned + reckoned / 4n);
  });
});
