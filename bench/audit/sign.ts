import { createRequire } from "node:module";
import { SigningKey } from "ethers";
import type { Hash } from "../../src/core/ids.ts";
import { toHash } from "../../src/core/keccak.ts";
import type { Signature } from "../../src/core/statement.ts";

interface Binding {
  ecdsaSign(digest: Uint8Array, key: Uint8Array): { signature: Uint8Array; recid: number };
}

/** libsecp256k1, where there is a build for this system: ethers alone would sign for minutes. */
const binding = ((): Binding | undefined => {
  try {
    return createRequire(import.meta.url)("secp256k1/bindings") as Binding;
  } catch {
    return undefined;
  }
})();

/** Signs a digest with a key pair, as a wallet does. */
export function signDigest(privateKey: Uint8Array, digest: Uint8Array): Signature {
  if (binding === undefined) {
    const { r, yParityAndS } = new SigningKey(privateKey).sign(digest);
    return { kind: "key", r: r as Hash, vs: yParityAndS as Hash };
  }
  const { signature, recid } = binding.ecdsaSign(digest, privateKey);
  signature[32]! |= recid << 7;
  return { kind: "key", r: toHash(signature), vs: toHash(signature, 32) };
}
