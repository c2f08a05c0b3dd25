import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import { addMonths } from "../../../src/core/period.ts";
import * as agreements from "../../../src/sdk/agreements.ts";
import { sendKey } from "../../../src/sdk/keys.ts";
import { readPriceBetween } from "../../../src/sdk/schedules.ts";
import { LOAN, OCTOBER } from "../../support/consortium.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import { loansAtFive, signedByBoth } from "./balanceCases.ts";

const NOVEMBER = addMonths(OCTOBER, 1);

describe("agreements", () => {
  const world = useWorld();

  it("are listed with their terms and their end, and by member", async () => {
    const w = world();
    const { agreement } = await agreements.sendAgreement(w.admin, await signedByBoth(w));
    const [made, ...others] = await agreements.listAgreements(w.admin, w.bob.id);
    expect(others).to.deep.equal([]);
    expect(made).to.deep.include({ agreement, ...loansAtFive(w) });
    expect("ended" in made!).to.equal(false);
    expect(await agreements.listAgreements(w.admin, w.eve.id)).to.deep.equal([]);

    await agreements.sendAgreementEnd(w.ada.as, { agreement, member: w.ada.id });
    const [ended] = await agreements.listAgreements(w.admin);
    expect(ended?.ended).to.deep.equal({ by: w.ada.id, last: OCTOBER });
  });

  it("put their price in the schedule's place, in both directions, from their first month on", async () => {
    const w = world();
    const pair = { supplier: w.ada.id, consumer: w.bob.id };
    const back = { supplier: w.bob.id, consumer: w.ada.id };
    expect(await agreements.readAgreedPrice(w.admin, pair, NOVEMBER, LOAN)).to.equal(undefined);
    await agreements.sendAgreement(w.admin, await signedByBoth(w));
    expect(await agreements.readAgreedPrice(w.admin, pair, OCTOBER, LOAN)).to.equal(undefined);
    for (const parties of [pair, back]) {
      expect(await agreements.readAgreedPrice(w.admin, parties, NOVEMBER, LOAN)).to.equal(c("5"));
      expect((await readPriceBetween(w.admin, parties, NOVEMBER, LOAN))?.price).to.equal(c("5"));
      expect((await readPriceBetween(w.admin, parties, OCTOBER, LOAN))?.price).to.equal(c("12"));
    }
  });

  it("are signed by a key that may post and countersign, and by nobody else", async () => {
    const w = world();
    const { terms, signatures } = await signedByBoth(w);
    const [adas, bobs] = signatures as [(typeof signatures)[0], (typeof signatures)[0]];
    expect(await agreements.isAgreedBy(w.admin, w.ada.id, terms, adas)).to.equal(true);
    expect(await agreements.isAgreedBy(w.admin, w.ada.id, terms, bobs)).to.equal(false);
    expect(agreements.signerOfAgreement(w.admin, terms, bobs)).to.equal(w.bob.key.address);

    await sendKey(w.bob.as, { member: w.bob.id, key: w.stranger.address, rights: ["countersign"] });
    const half = await agreements.signAgreement(w.admin, w.stranger, terms);
    expect(await agreements.isAgreedBy(w.admin, w.bob.id, terms, half)).to.equal(false);
    const error = await agreements
      .sendAgreement(w.admin, { terms, signatures: [adas, half] })
      .catch((thrown: unknown) => thrown);
    expect(isConsortiaError(error, "AgreementUnsigned"), String(error)).to.equal(true);
  });

  it("are not signed where they could not be made: what one gives for nothing the other must", async () => {
    const w = world();
    const onesided = {
      ...loansAtFive(w),
      prices: [{ service: LOAN, price: c("5"), back: c("0") }],
    };
    const error = await agreements
      .signAgreement(w.admin, w.ada.key, onesided)
      .catch((thrown: unknown) => thrown);
    expect(isConsortiaError(error, "AgreementInvalid"), String(error)).to.equal(true);
  });
});
