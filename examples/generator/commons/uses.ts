import { Random } from "../random.ts";
import { MONTH, USERS } from "./cast.ts";

/** Weekly downloads of records from the common catalogue, as its log exports them. */
export function usesCsv(seed = 20261003): string {
  const random = new Random(seed);
  const rows = ["batch;library;week ending;records;format"];
  let batch = 7_300;
  for (const day of ["04", "11", "18", "25"]) {
    for (const isil of USERS) {
      // Small libraries do not come every week.
      if (random.chance(20)) continue;
      batch += 1;
      const records = 4 + random.below(isil.startsWith("XA") ? 90 : 40);
      rows.push(`D${batch};${isil};${MONTH}-${day};${records};${random.pick(["MARC21", "MARCXML"])}`);
    }
  }
  // A library that left the consortium years ago and goes on downloading.
  rows.push(`D${batch + 1};XZ-OLD;${MONTH}-25;3;MARC21`);
  return `${rows.join("\r\n")}\r\n`;
}
