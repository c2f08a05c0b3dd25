import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { keccak256 } from "ethers";
import { transfersIn } from "../../connectors/bank/transfers.ts";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { hash, type Hash } from "../../core/ids.ts";
import { readInstruction, type Instruction } from "../../documents/payment/instruction.ts";
import { readPieces } from "../shell/files.ts";

/** Payment instructions of a folder by the hash that the chain has of them; other files are no instructions. */
export async function readInstructions(folder: string): Promise<Map<Hash, Instruction>> {
  const found = new Map<Hash, Instruction>();
  for (const path of await filesIn(folder, ".json")) {
    const bytes = await readFile(path);
    try {
      found.set(hash(keccak256(bytes)), readInstruction(bytes.toString("utf8")));
    } catch (error) {
      if (!isConsortiaError(error, "InstructionInvalid")) throw error;
    }
  }
  return found;
}

/**
 * The transfers that earlier payment files of a folder hold, by their end-to-end identifiers.
 * @param maybe whether the folder may be missing, since the first file makes it
 * @throws `EarlierUnreadable` where a file is damaged: nobody knows what it asked the bank to pay; `FolderUnreadable`
 */
export async function readEarlier(folder: string, maybe: boolean): Promise<Set<string>> {
  const ids = new Set<string>();
  const paths = maybe && !existsSync(folder) ? [] : await filesIn(folder, ".xml");
  for (const path of paths) for (const id of await transfersOf(path)) ids.add(id);
  return ids;
}

async function transfersOf(path: string): Promise<string[]> {
  try {
    return await transfersIn(readPieces(path));
  } catch (cause) {
    const message = `${path} cannot be read, so nobody knows whether it is an earlier payment file. Mend it, or move it away.`;
    throw new ConsortiaError("EarlierUnreadable", message, { cause, values: { path } });
  }
}

/** @throws `FolderUnreadable` */
async function filesIn(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new ConsortiaError("FolderUnreadable", `${folder} is no folder that can be read.`, {
      cause,
      values: { folder },
    });
  });
  return names
    .filter((name) => name.toLowerCase().endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}
