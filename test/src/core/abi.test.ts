import { expect } from "chai";
import { hexlify, toBeHex } from "ethers";
import fc from "fast-check";
import { getBig, getUint, putBig, putUint } from "../../../src/core/abi.ts";

describe("getBig and getUint", () => {
  it("read what was written, at any width and place", () => {
    const width = fc.integer({ min: 1, max: 32 });
    fc.assert(
      fc.property(
        width,
        fc.integer({ min: 0, max: 5 }),
        fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }),
        (w, at, n) => {
          const value = BigInt.asUintN(8 * w, n);
          const bytes = new Uint8Array(40).fill(0xff);
          putBig(bytes, at, w, value);
          expect(hexlify(bytes.subarray(at, at + w))).to.equal(toBeHex(value, w));
          expect(
            [...bytes.subarray(0, at), ...bytes.subarray(at + w)].every((byte) => byte === 0xff),
          ).to.equal(true);
          expect(getBig(bytes, at, w)).to.equal(value);
          if (w > 6) return;
          expect(getUint(bytes, at, w)).to.equal(Number(value));
          putUint(bytes, at, w, Number(value));
          expect(getBig(bytes, at, w)).to.equal(value);
        },
      ),
    );
  });

  it("read zeros behind the end", () => {
    const bytes = Uint8Array.of(1, 2);
    expect([getUint(bytes, 1, 3), getBig(bytes, 0, 8)]).to.deep.equal([0x02_0000, 0x0102n << 48n]);
  });
});
