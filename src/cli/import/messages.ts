import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseMessage, type Message } from "../../connectors/iso18626/message.ts";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";

/** A file that holds no message, and why. The reason names fields and codes, never a reader's data. */
export interface RefusedFile {
  readonly file: string;
  readonly code: string;
  readonly reason: string;
}

export interface MessageFolder {
  readonly messages: readonly Message[];
  readonly refused: readonly RefusedFile[];
}

/** Larger files are refused unread. */
const MAX_BYTES = 1 << 20;

/**
 * Reads every ISO 18626 message (`*.xml`) below a folder, in the order of their paths. A file that cannot be read
 * is listed and the rest goes on.
 * @throws `FolderUnreadable`
 */
export async function readMessages(
  folder: string,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<MessageFolder> {
  const files = await listFiles(folder);
  const messages: Message[] = [];
  const refused: RefusedFile[] = [];
  for (const [index, file] of files.entries()) {
    try {
      messages.push(parseMessage(await readText(join(folder, file))));
    } catch (error) {
      refused.push(refusal(file, error));
    }
    progress(index + 1, files.length);
  }
  return { messages, refused };
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith(".xml"))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort();
  } catch (cause) {
    throw new ConsortiaError(
      "FolderUnreadable",
      `The folder ${folder} cannot be read. Check its name and rights.`,
      {
        cause,
        values: { folder },
      },
    );
  }
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MAX_BYTES) {
    throw new ConsortiaError("FileTooLarge", `It has ${size} bytes; a message has at most ${MAX_BYTES}.`);
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
}

function refusal(file: string, error: unknown): RefusedFile {
  if (isConsortiaError(error)) return { file, code: error.code, reason: error.message };
  return { file, code: "FileUnreadable", reason: "It cannot be read as UTF-8 text." };
}
