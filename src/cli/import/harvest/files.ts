import { open, readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { readMarc } from "../../../connectors/marc/read.ts";
import type { Contribution } from "../../../connectors/oaipmh/contribution.ts";
import type { Contributions } from "../../../connectors/oaipmh/contributions.ts";
import { oaiError } from "../../../connectors/oaipmh/error.ts";
import { readOaiResponse } from "../../../connectors/oaipmh/response.ts";
import { shapeOf } from "../../../connectors/oaipmh/shape.ts";
import { ConsortiaError, isConsortiaError } from "../../../core/error.ts";
import { readPieces } from "../../shell/files.ts";
import { counted, type Tally } from "./tally.ts";

/** Files of a folder that may hold records. */
const ENDINGS = /\.(xml|mrc|marc|mij|json)$/i;
/** Bytes by which a file shows what it is. */
const BEGINNING = 4096;

/**
 * Contributions of records in a file or in every file below a folder: answers of OAI-PMH and MARC of any shape. Of a folder, a file
 * that cannot be read is left out aloud and the rest goes on.
 * @throws `SourceUnreadable`, and of one file what its reading throws
 */
export async function* ofFiles(
  path: string,
  contributions: Contributions,
  tally: Tally,
  progress: (done: number, total: number) => void,
): AsyncGenerator<Contribution, void, undefined> {
  const files = await filesAt(path);
  for (const [index, file] of files.entries()) {
    try {
      yield* ofFile(file, contributions, tally);
      tally.pages += 1;
    } catch (error) {
      if (!isConsortiaError(error) || files.length === 1) throw error;
      yield { reason: error.code, sentence: error.message, request: relative(path, file) };
    }
    progress(index + 1, files.length);
  }
}

async function* ofFile(
  file: string,
  contributions: Contributions,
  tally: Tally,
): AsyncGenerator<Contribution, void, undefined> {
  const shape = shapeOf(await beginningOf(file));
  if (shape === undefined) {
    const message = `${file} is neither an answer of OAI-PMH nor MARC. Check which file it is.`;
    throw new ConsortiaError("MarcShapeUnknown", message, { values: { file } });
  }
  const bytes = readPieces(file);
  if (shape !== "oai") {
    for await (const read of readMarc(bytes, shape)) yield* counted(tally, contributions.ofMarc(read));
    return;
  }
  for await (const part of readOaiResponse(bytes)) {
    if (part.kind === "record") yield* counted(tally, contributions.ofOai(part.record));
    else if (part.kind === "header") {
      yield* counted(tally, contributions.ofOai({ ...part, metadata: undefined, origin: undefined }));
    } else if (part.kind === "refused") yield* counted(tally, contributions.ofMarc(part));
    else if (part.kind === "error" && part.code !== "noRecordsMatch") throw oaiError(part.code);
  }
}

async function filesAt(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && ENDINGS.test(entry.name));
    return files.map((entry) => join(entry.parentPath, entry.name)).sort();
  } catch (cause) {
    const message = `${path} cannot be read. Check its name and rights, or write an address with https://.`;
    throw new ConsortiaError("SourceUnreadable", message, { cause, values: { path } });
  }
}

async function beginningOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(BEGINNING), 0, BEGINNING, 0);
    return new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
