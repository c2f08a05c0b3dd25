import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { SigningKey, computeAddress, concat, getBytes, hexlify, id, toBeHex } from "ethers";
import hre from "hardhat";
import { addressAt, recoverAddresses } from "../../../../src/auditor/engine/recover.ts";
import { loadCurve, nativeCurve, pureCurve, type Curve } from "../../../../src/auditor/engine/secp256k1.ts";
import { codeOf } from "../../../support/records.ts";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const FIELD = 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn;
const HALF = ORDER / 2n;
const ODD = 1n << 255n;
const ZERO = `0x${"00".repeat(20)}`;

interface Case {
  readonly what: string;
  readonly digest: string;
  readonly r: bigint;
  readonly vs: bigint;
  /** Undefined where only agreement counts. */
  readonly signer?: string;
  /** Whoever it is, it is not who signed. */
  readonly stranger?: boolean;
}

const word = (value: bigint) => toBeHex(value, 32);
const key = new SigningKey(id("a countersigner"));
const signer = computeAddress(key.publicKey).toLowerCase();
const digest = id("a statement");
const signed = key.sign(digest);
const [r, s, vs] = [signed.r, signed.s, signed.yParityAndS].map(BigInt) as [bigint, bigint, bigint];
const flipped = vs ^ ODD;
const nobody = (what: string, r: bigint, vs: bigint): Case => ({ what, digest, r, vs, signer: ZERO });

const cases: Case[] = [
  { what: "a good signature", digest, r, vs, signer },
  { what: "a digest of zero", digest: word(0n), r, vs },
  { what: "a digest beyond the order", digest: word(ORDER + 5n), r, vs },
  { what: "the other parity", digest, r, vs: flipped, stranger: true },
  { what: "the highest s that counts", digest, r, vs: HALF },
  // The twin's s has 256 bits, and a compact signature holds 255: cut to fit it is another signature altogether.
  { what: "the malleable twin, cut", digest, r, vs: ((ORDER - s) % ODD) | (flipped & ODD), stranger: true },
  nobody("an s one too high", r, HALF + 1n),
  nobody("an s one too high, odd", r, (HALF + 1n) | ODD),
  nobody("an s of 255 ones", r, ODD - 1n),
  nobody("all ones", (1n << 256n) - 1n, (1n << 256n) - 1n),
  nobody("zeros", 0n, 0n),
  nobody("r zero", 0n, vs),
  nobody("s zero", r, 0n),
  nobody("s zero, odd", r, ODD),
  nobody("r the order", ORDER, vs),
  nobody("r beyond the order, below the field", ORDER + 1n, vs),
  nobody("r beyond the field", FIELD + 1n, vs),
  { what: "r one below the order", digest, r: ORDER - 1n, vs },
  // x = 5 is on no point of the curve.
  nobody("r of no point", 5n, vs),
  ...Array.from({ length: 40 }, (_, i): Case => {
    const own = new SigningKey(id(`key ${i}`));
    const made = own.sign(id(`digest ${i}`));
    return {
      what: `key ${i}`,
      digest: id(`digest ${i}`),
      r: BigInt(made.r),
      vs: BigInt(made.yParityAndS),
      signer: computeAddress(own.publicKey).toLowerCase(),
    };
  }),
  ...Array.from({ length: 60 }, (_, i): Case => {
    const draw = (name: string) => BigInt(id(`${name} ${i}`));
    return { what: `random words ${i}`, digest: id(`random ${i}`), r: draw("r"), vs: draw("vs") };
  }),
  ...Array.from({ length: 60 }, (_, i): Case => {
    const draw = (name: string) => BigInt(id(`low ${name} ${i}`));
    const low = (draw("vs") & ODD) | (draw("s") % HALF);
    return { what: `random words with a low s ${i}`, digest: id(`low ${i}`), r: draw("r") % ORDER, vs: low };
  }),
];

const digests = getBytes(concat(cases.map((each) => each.digest)));
const signatures = getBytes(concat(cases.flatMap((each) => [word(each.r), word(each.vs)])));

function recoveredBy(curve: Curve): string[] {
  const addresses = recoverAddresses(curve, digests, signatures);
  return cases.map((_, i) => hexlify(addresses.subarray(20 * i, 20 * i + 20)));
}

function expectSigners(found: readonly string[]): void {
  for (const [i, { what, signer: expected, stranger = false }] of cases.entries()) {
    if (expected !== undefined) expect(found[i], what).to.equal(expected);
    if (stranger) expect(found[i], what).not.to.equal(signer);
  }
}

/** Whether the package brings a build for this system. */
function prebuild(): boolean {
  const home = dirname(createRequire(import.meta.url).resolve("secp256k1/package.json"));
  return existsSync(join(home, "prebuilds", `${process.platform}-${process.arch}`));
}

describe("recoverAddresses", () => {
  it("recovers who signed and nobody else, with libsecp256k1", function () {
    const native = nativeCurve();
    if (native === undefined) return this.skip();
    expectSigners(recoveredBy(native));
  });

  it("recovers the same without it", async () => {
    const pure = recoveredBy(await pureCurve());
    expectSigners(pure);
    const native = nativeCurve();
    if (native !== undefined) expect(recoveredBy(native)).to.deep.equal(pure);
  });

  it("recovers whom the ledger recovers", async () => {
    const { ethers } = await hre.network.create();
    const harness = await ethers.deployContract("SignersHarness");
    const said = (await harness.getFunction("recover")(
      cases.map((each) => each.digest),
      cases.map((each) => [word(each.r), word(each.vs)]),
    )) as string[];
    expect(recoveredBy(await loadCurve())).to.deep.equal(said.map((address) => address.toLowerCase()));
  });

  it("leaves what it was given as it was", async () => {
    const before = [digests.slice(), signatures.slice()];
    recoverAddresses(await loadCurve(), digests, signatures);
    expect([digests, signatures]).to.deep.equal(before);
  });

  it("names nobody by undefined", async () => {
    const addresses = recoverAddresses(await loadCurve(), digests, signatures);
    expect(addressAt(addresses, 0)).to.equal(signer);
    expect(
      addressAt(
        addresses,
        cases.findIndex(({ what }) => what === "zeros"),
      ),
    ).to.equal(undefined);
  });

  it("recovers nothing from nothing", async () => {
    expect(recoverAddresses(await loadCurve(), new Uint8Array(), new Uint8Array())).to.have.length(0);
  });

  it("refuses digests and signatures that do not pair", async () => {
    const curve = await loadCurve();
    for (const [a, b] of [
      [32, 63],
      [32, 128],
      [31, 64],
      [0, 64],
      [16, 32],
    ] as const) {
      expect(codeOf(() => recoverAddresses(curve, new Uint8Array(a), new Uint8Array(b)))).to.equal(
        "RecoverInvalid",
      );
    }
  });
});

describe("loadCurve", () => {
  const { CONSORTIA_PURE } = process.env;
  afterEach(() => {
    if (CONSORTIA_PURE === undefined) delete process.env.CONSORTIA_PURE;
    else process.env.CONSORTIA_PURE = CONSORTIA_PURE;
  });

  it("is native wherever the package brings a build, without compiling one", async function () {
    delete process.env.CONSORTIA_PURE;
    if (!prebuild()) return this.skip();
    expect((await loadCurve()).kind).to.equal("native");
  });

  it("forgoes it on demand", async () => {
    process.env.CONSORTIA_PURE = "1";
    expect((await loadCurve()).kind).to.equal("pure");
  });

  it("is libsecp256k1 itself, not the package's slow stand-in", function () {
    const native = nativeCurve();
    if (native === undefined) return this.skip();
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    expect(
      loaded.some((path) => path.endsWith("secp256k1.node") || /secp256k1\.[a-z]+\.node$/.test(path)),
    ).to.equal(true);
    expect(loaded.some((path) => /secp256k1.lib.elliptic\.js$/.test(path))).to.equal(false);
  });
});
