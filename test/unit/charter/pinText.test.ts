import { expect } from "chai";
import { ZeroHash, id } from "ethers";
import { useWorld } from "../../support/world.ts";

describe("Charter.pinText", () => {
  const world = useWorld();
  const text = id("The members decide otherwise.");

  describe("given a stranger", () => {
    it("refuses", async () => {
      const { charter, strange, stranger } = world();
      await expect(strange.charter.pinText(text))
        .to.be.revertedWithCustomError(charter, "AccessManagerUnauthorizedAccount")
        .withArgs(stranger.address, 0n);
    });
  });

  describe("given an administrator", () => {
    it("refuses no text", async () => {
      const { charter } = world();
      await expect(charter.pinText(ZeroHash)).to.be.revertedWithCustomError(charter, "CharterTextEmpty");
    });

    it("pins the text and says so", async () => {
      const { charter } = world();
      await expect(charter.pinText(text)).to.emit(charter, "CharterTextPinned").withArgs(text);
      expect(await charter.textHash()).to.equal(text);
    });
  });

  describe("when a charter is founded", () => {
    it("has the text it was given", async () => {
      expect(await world().charter.textHash()).to.equal(id("The members decide."));
    });

    it("is not founded without a text", async () => {
      const { charter, ethers, stranger } = world();
      await expect(
        ethers.deployContract("Charter", [stranger.address, ZeroHash]),
      ).to.be.revertedWithCustomError(charter, "CharterTextEmpty");
    });
  });
});
