import { expect } from "chai";
import { OCTOBER } from "../../support/consortium.ts";
import { BOOK, BOOK_ID, LICENCE, book } from "../../support/works.ts";
import { useWorld } from "../../support/world.ts";

describe("Resources.registerResource", () => {
  const world = useWorld();

  it("refuses a stranger, and a key that has one of the two rights alone", async () => {
    const { strange, stranger, resources, ada } = world();
    for (const rights of [0, 63 - 1, 63 - 2]) {
      if (rights !== 0) await ada.as.contracts.register.setKey(ada.id, stranger.address, rights);
      await expect(strange.resources.registerResource(ada.id, BOOK, LICENCE.BY))
        .to.be.revertedWithCustomError(resources, "ResourceRightMissing")
        .withArgs(ada.id, stranger.address);
    }
  });

  it("refuses who is no member yet, or no more", async () => {
    const { strange, resources, register, eve, time } = world();
    await strange.register.applyFor(
      `0x${Buffer.from("XA-NEW").toString("hex").padEnd(32, "0")}`,
      1,
      1,
      1,
      1,
      eve.payee,
    );
    const applicant = await register.lastMember();
    await expect(strange.resources.registerResource(applicant, BOOK, LICENCE.BY))
      .to.be.revertedWithCustomError(resources, "RegisterMemberUnknown")
      .withArgs(applicant);
    await eve.as.contracts.register.leave(eve.id);
    await time.increase(31 * 86_400);
    await expect(eve.as.contracts.resources.registerResource(eve.id, BOOK, LICENCE.BY))
      .to.be.revertedWithCustomError(resources, "RegisterMemberUnknown")
      .withArgs(eve.id);
  });

  it("lets COMMONS hold works, and RELIEF none", async () => {
    const { strange, stranger, resources, register } = world();
    for (const reserved of [1, 2]) await register.appoint(reserved, stranger.address, 3, stranger.address);
    await strange.resources.registerResource(1, BOOK, LICENCE.CC0);
    expect(await resources.holderOf(1)).to.equal(1n);
    await expect(strange.resources.registerResource(2, "urn:x", LICENCE.CC0))
      .to.be.revertedWithCustomError(resources, "RegisterMemberUnknown")
      .withArgs(2);
  });

  it("refuses no licence, one that nobody knows, and an identifier out of form", async () => {
    const { ada, resources, ethers } = world();
    const mine = ada.as.contracts.resources;
    await expect(mine.registerResource(ada.id, BOOK, LICENCE.None)).to.be.revertedWithCustomError(
      resources,
      "ResourceLicenceInvalid",
    );
    await expect(mine.registerResource(ada.id, BOOK, 10)).to.be.revertedWithoutReason(ethers);
    for (const urn of ["urn:isbn:9783161484101", "URN:ISBN:9783161484100", "9783161484100", ""]) {
      await expect(mine.registerResource(ada.id, urn, LICENCE.BY))
        .to.be.revertedWithCustomError(resources, "ResourceUrnInvalid")
        .withArgs(urn);
    }
  });

  it("refuses a work that somebody holds (attack: squatting)", async () => {
    const w = world();
    const resource = await book(w);
    for (const { as, id } of [w.bob, w.ada]) {
      await expect(as.contracts.resources.registerResource(id, BOOK, LICENCE.CC0))
        .to.be.revertedWithCustomError(w.resources, "ResourceTaken")
        .withArgs(BOOK_ID, resource);
    }
  });

  it("numbers works, says them whole and finds them again", async () => {
    const { ada, resources } = world();
    const mine = ada.as.contracts.resources;
    await expect(mine.registerResource(ada.id, BOOK, LICENCE.BY_NC))
      .to.emit(resources, "ResourceRegistered")
      .withArgs(1, ada.id, BOOK_ID, BOOK, LICENCE.BY_NC);
    await mine.registerResource(ada.id, "urn:issn:2434-561x", LICENCE.CC0);
    await mine.registerResource(ada.id, "doi:10.1000/182", LICENCE.Reserved);
    const urns = [BOOK, "urn:issn:2434-561x", "doi:10.1000/182", "urn:isbn:9780306406157", ""];
    const found = await Promise.all(urns.map((urn) => resources.resourceOf(urn)));
    expect(found).to.deep.equal([1n, 2n, 3n, 0n, 0n]);
    expect(await resources.holderOf(1)).to.equal(BigInt(ada.id));
    expect(await resources.holderOf(4)).to.equal(0n);
    expect(await resources.lastResource()).to.equal(3n);
  });

  it("has the licence hold from the month on, and none before", async () => {
    const w = world();
    const resource = await book(w, LICENCE.BY);
    const months = [OCTOBER - 1, OCTOBER, OCTOBER + 1];
    const licences = await Promise.all(months.map((month) => w.resources.licenceIn(resource, month)));
    expect(licences).to.deep.equal([LICENCE.None, LICENCE.BY, LICENCE.BY]);
    expect(await w.resources.licenceIn(resource + 1, OCTOBER)).to.equal(LICENCE.None);
  });
});
