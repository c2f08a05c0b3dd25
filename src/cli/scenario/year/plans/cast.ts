import { agency, isil } from "../../../../core/ids.ts";
import type { Player } from "../../cast.ts";

/** Some members that are alike. */
export interface Group {
  readonly kind: string;
  readonly tier: number;
  readonly region: string;
  /** The constituency's name in the preset; none for an associate that elects nobody. */
  readonly constituency: string;
  /** What follows the town in a member's name. */
  readonly title: string;
  /** One member for each: a town and its letters in the ISIL. */
  readonly towns: Readonly<Record<string, string>>;
}

/**
 * A cast of invented institutions. Their ISILs begin with a prefix that ISO 3166 leaves to its users, so that none is
 * any library's.
 */
export function castOf(prefix: `X${string}`, groups: readonly Group[]): Player[] {
  return groups.flatMap(({ towns, title, ...group }) =>
    Object.entries(towns).map(([letters, town]): Player => {
      const symbol = `${prefix}-${letters}`;
      return { ...group, agency: agency("ISIL", symbol), isil: isil(symbol), name: `${town} ${title}` };
    }),
  );
}
