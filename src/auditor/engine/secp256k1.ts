import { createRequire } from "node:module";

/**
 * The public key behind a signature, as 65 bytes of which the first says nothing, or undefined where there is none.
 * @param digest 32 bytes
 * @param signature r and s, 64 bytes; a high s is as good as a low one here
 */
export type RecoverKey = (
  digest: Uint8Array,
  signature: Uint8Array,
  parity: number,
) => Uint8Array | undefined;

/** Who does the arithmetic on the curve: libsecp256k1 itself, or its stand-in in JavaScript, thirty times slower. */
export interface Curve {
  readonly kind: "native" | "pure";
  readonly recoverKey: RecoverKey;
}

/** What is used of the package secp256k1, which brings libsecp256k1 built for the usual systems. */
interface Binding {
  ecdsaRecover(
    signature: Uint8Array,
    parity: number,
    digest: Uint8Array,
    compressed: boolean,
    output: Uint8Array,
  ): Uint8Array;
}

/** The fastest curve this machine has; CONSORTIA_PURE=1 forgoes the native one. */
export async function loadCurve(): Promise<Curve> {
  const native = process.env.CONSORTIA_PURE === "1" ? undefined : nativeCurve();
  return native ?? (await pureCurve());
}

/** libsecp256k1, or undefined where no build of it fits this system. */
export function nativeCurve(): Curve | undefined {
  let binding: Binding;
  try {
    // The package's own entry would fall back to elliptic, slower than ethers, without a word.
    binding = createRequire(import.meta.url)("secp256k1/bindings") as Binding;
  } catch {
    return undefined;
  }
  const output = new Uint8Array(65);
  return {
    kind: "native",
    recoverKey(digest, signature, parity) {
      try {
        return binding.ecdsaRecover(signature, parity, digest, false, output);
      } catch {
        return undefined; // r or s out of range, or no point has this r
      }
    },
  };
}

/** The curve as ethers ships it. */
export async function pureCurve(): Promise<Curve> {
  const { Signature, SigningKey, getBytes, hexlify } = await import("ethers");
  return {
    kind: "pure",
    recoverKey(digest, signature, parity) {
      try {
        const [r, s] = [hexlify(signature.subarray(0, 32)), hexlify(signature.subarray(32))];
        const key = SigningKey.recoverPublicKey(
          digest,
          Signature.from({ r, s, yParity: parity === 0 ? 0 : 1 }),
        );
        return getBytes(key);
      } catch {
        return undefined;
      }
    },
  };
}
