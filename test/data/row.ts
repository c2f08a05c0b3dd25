/** Small and odd, so that letters, tags and numbers are cut in the middle. */
const PIECE = 997;

/** Anything JSON can say: figures that can be written into a table and compared. */
export type Figures =
  null | boolean | number | string | readonly Figures[] | { readonly [name: string]: Figures | undefined };

/** A file that must be refused: why, in words, and with which code of `ConsortiaError`. */
export interface Refusal {
  readonly refused: string;
  readonly code: string;
}

/** What a table expects of one file. */
export type Row = Figures | Refusal;

/** A file as it lies there; readers decode it themselves. */
export interface DataFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Reads a file with one of the house's readers and tells the figures that the table holds. */
export type Reader = (file: DataFile) => Figures | Promise<Figures>;

export function isRefusal(row: Row): row is Refusal {
  return typeof row === "object" && row !== null && "refused" in row;
}

export function textOf({ bytes }: DataFile): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** The bytes as a source hands them out: piece by piece, and never cut where a reader would like it. */
export async function* piecesOf({ bytes }: DataFile): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
