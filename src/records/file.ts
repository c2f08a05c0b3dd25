import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConsortiaError, isConsortiaError } from "../core/error.ts";
import { hash, type Hash } from "../core/ids.ts";
import type { Bundle } from "./bundle.ts";
import { parseBundle } from "./parse.ts";

/** The largest bundle to write or read, in bytes, unless told; about 100,000 records. */
export const MAX_BYTES = 64 << 20;

/** Where a directory store keeps a bundle. A root is 0x and 64 digits, checked: no name leads out of the store. */
export function bundleFile(base: string, root: Hash): string {
  return join(base, root.slice(2, 4), `${hash(root)}.json`);
}

/**
 * Reads a stored bundle at once, for a thread that has nothing else to do: a fraction of the time that waiting for
 * the system's answer takes. Undefined where there is none.
 * @throws `BundleTooLarge`, `StoreFailed`
 */
export function readBundleText(file: string, maxBytes: number = MAX_BYTES): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const { size } = fstatSync(descriptor);
    if (size > maxBytes) throw tooLarge(file, size, maxBytes);
    return readFileSync(descriptor, "utf8");
  } catch (error) {
    if (isConsortiaError(error)) throw error;
    if (descriptor === undefined && isAbsence(error)) return undefined;
    throw storeFailed(file, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * A stored bundle from its text, with what `check` makes of it.
 * @param check throws where the records do not hash to the bundle's root
 * @throws `BundleCorrupt`, `RecordsRootMismatch`
 */
export function readBundle<T>(file: string, root: Hash, text: string, check: (bundle: Bundle) => T): T {
  const advice = "Move the file away and import the other party's copy or a backup.";
  try {
    const bundle = parseBundle(JSON.parse(text));
    if (bundle.root !== root) throw misfiled(file, root, bundle.root);
    return check(bundle);
  } catch (cause) {
    const code = isConsortiaError(cause, "RecordsRootMismatch") ? cause.code : "BundleCorrupt";
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConsortiaError(code, `${file} is damaged. ${reason} ${advice}`, {
      cause,
      values: { file, root },
    });
  }
}

/** Whether the system says that there is no such file. */
export function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

export function tooLarge(file: string, bytes: number, maxBytes: number): ConsortiaError {
  return new ConsortiaError(
    "BundleTooLarge",
    `${file} takes ${bytes} bytes, more than the ${maxBytes} this store allows. Split the statement or raise maxBytes.`,
    { values: { file, bytes, maxBytes } },
  );
}

export function storeFailed(file: string, cause: unknown): ConsortiaError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `The record store cannot use ${file}: ${reason}. Check its disk and its permissions.`;
  return new ConsortiaError("StoreFailed", message, { cause, retryable: true, values: { file } });
}

function misfiled(file: string, expected: Hash, actual: Hash): ConsortiaError {
  return new ConsortiaError("RecordsRootMismatch", `It holds the bundle of ${actual}, not of ${expected}.`, {
    values: { file, expected, actual },
  });
}
