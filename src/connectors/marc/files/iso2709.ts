import { END_OF_RECORD, marcOfIso2709 } from "../iso2709.ts";
import { attempt, marcCut, recordTooLarge, unknownShape, type MarcRead } from "../reading.ts";

/** The leader has five digits for a record's length. */
const LONGEST = 99_999;

/** Records of ISO 2709 one after the other, each up to its end mark; line breaks between them are skipped. */
export async function* readIso2709(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<MarcRead> {
  const held = new Uint8Array(LONGEST);
  let [length, count] = [0, 0];
  for await (const chunk of bytes) {
    for (let start = 0; start < chunk.length;) {
      if (length === 0 && (chunk[start] === 0x0a || chunk[start] === 0x0d)) {
        start++;
        continue;
      }
      const mark = chunk.indexOf(END_OF_RECORD, start);
      const end = mark < 0 ? chunk.length : mark + 1;
      if (length + end - start > LONGEST)
        throw count === 0 ? unknownShape("ISO 2709") : recordTooLarge(LONGEST);
      held.set(chunk.subarray(start, end), length);
      length += end - start;
      start = end;
      if (mark < 0) continue;
      const record = held.slice(0, length);
      [length, count] = [0, count + 1];
      yield attempt(() => ({ kind: "record", record: marcOfIso2709(record) }));
    }
  }
  if (length > 0) throw marcCut();
}
