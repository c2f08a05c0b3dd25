import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { encryptKeystoreJson, Wallet, type HDNodeWallet } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import { writeText } from "./files.ts";

/** Where a key comes from: an encrypted file, or the environment. */
export interface KeySource {
  readonly keystore?: string | undefined;
  /** The name of the environment variable that may hold a private key. */
  readonly variable: string;
}

/** A fast setting leaves a keystore easy to guess: for tests and play only. */
const FAST_SCRYPT = { N: 1 << 10, r: 8, p: 1 };

/**
 * Unlocks a key. Neither keys nor passwords are taken from the command line, which other users can read.
 * @throws `SignerMissing`, `KeyInvalid`, `KeystoreUnreadable`, `PasswordMissing`, `PasswordWrong`
 */
export async function unlockKey({ keystore, variable }: KeySource): Promise<Wallet | HDNodeWallet> {
  if (keystore !== undefined) return unlockKeystore(keystore);
  const key = process.env[variable];
  if (key === undefined || key === "") {
    throw new ConsortiaError(
      "SignerMissing",
      `This needs a key. Name a --keystore file, or set ${variable}.`,
    );
  }
  try {
    return new Wallet(key.trim());
  } catch {
    throw new ConsortiaError("KeyInvalid", `${variable} holds no private key: 0x and 64 digits are needed.`);
  }
}

async function unlockKeystore(file: string): Promise<Wallet | HDNodeWallet> {
  const json = await readFile(file, "utf8").catch((cause: unknown) => {
    const message = `The keystore ${file} cannot be read. Check its name, or make one with "consortia key create".`;
    throw new ConsortiaError("KeystoreUnreadable", message, { cause, values: { file } });
  });
  const password = await askPassword(`Password for ${file}: `);
  try {
    return await Wallet.fromEncryptedJson(json, password);
  } catch (cause) {
    const wrong = cause instanceof Error && cause.message.includes("incorrect password");
    throw wrong
      ? new ConsortiaError("PasswordWrong", `The password does not open ${file}. Try another.`)
      : new ConsortiaError("KeystoreUnreadable", `${file} is no keystore.`, { cause, values: { file } });
  }
}

/** Makes a key and keeps it in an encrypted file that only its owner can read. @throws `FileExists` */
export async function createKeystore(file: string, fast: boolean): Promise<string> {
  if (
    await readFile(file).then(
      () => true,
      () => false,
    )
  ) {
    throw new ConsortiaError(
      "FileExists",
      `${file} is there already and is not overwritten. Name another file.`,
    );
  }
  const password = await askPassword("Password for the new key: ");
  const { address, privateKey } = Wallet.createRandom();
  const json = await encryptKeystoreJson(
    { address, privateKey },
    password,
    fast ? { scrypt: FAST_SCRYPT } : {},
  );
  await writeText(file, `${json}\n`, 0o600);
  return address;
}

/** CONSORTIA_PASSWORD, or what is typed unseen. @throws `PasswordMissing` */
async function askPassword(question: string): Promise<string> {
  const given = process.env.CONSORTIA_PASSWORD;
  if (given !== undefined && given !== "") return given;
  if (!process.stdin.isTTY) {
    const message = "A keystore needs its password. Set CONSORTIA_PASSWORD, or run this in a terminal.";
    throw new ConsortiaError("PasswordMissing", message);
  }
  process.stderr.write(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: unseen, terminal: true });
  const typed = await new Promise<string>((done) => {
    line.once("close", () => done(""));
    line.question("", done);
  });
  line.close();
  process.stderr.write("\n");
  if (typed === "") throw new ConsortiaError("PasswordMissing", "No password was given.");
  return typed;
}
