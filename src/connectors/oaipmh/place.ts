import { ConsortiaError } from "../../core/error.ts";

/** How far a harvest has come, as plain JSON: from it another process goes on. */
export interface Place {
  /** The list that is being read begins here; undefined for the beginning. */
  readonly from?: string | undefined;
  /** What asks for the next page; undefined for the first page of the list. */
  readonly token?: string | undefined;
  /** Pages read as a whole, restarts and all. */
  readonly pages: number;
  /** Pages among them that brought nothing new, in a row. */
  readonly barren: number;
  readonly restarts: number;
  /** The latest datestamp on these pages, and how many different ones came in order; 0 once they came out of order. */
  readonly latest?: string | undefined;
  readonly ascending: number;
  /** What the server's clock said at the first page: where a later harvest begins. */
  readonly started?: string;
  /** How long the list that is being read is, where the server says so. */
  readonly size?: number;
  /** How long the list was from its beginning, once it was begun anew further on. */
  readonly whole?: number | undefined;
}

export const BEGINNING: Place = { pages: 0, barren: 0, restarts: 0, ascending: 1 };

/** So many different datestamps in order are no chance: fewer than one in 40,000 lists in another order begin so. */
const IN_ORDER = 8;
/** A list whose tokens expire more often is given up; its state is kept. */
const MAX_RESTARTS = 10;
/** Pages in a row without anything new, beyond as many as had something new before. */
const MAX_BARREN = 100;

/**
 * Where to begin anew once a token has expired: at the latest datestamp, where the list has shown itself to be in their order
 * and the server says how long it is, since no server promises that order (see isShort); else at its beginning.
 * @throws `OaiTokensExpire`, retryable, after ten times
 */
export function restarted(place: Place, first: string | undefined): Place {
  if (place.restarts >= MAX_RESTARTS) {
    throw new ConsortiaError(
      "OaiTokensExpire",
      `The repository forgot the place in its list ${place.restarts + 1} times. Harvest shorter spans, with --from and --until.`,
      { retryable: true },
    );
  }
  const again = { ...place, token: undefined, restarts: place.restarts + 1, barren: 0 };
  const whole = place.whole ?? place.size;
  if (place.ascending >= IN_ORDER && whole !== undefined) return { ...again, from: place.latest, whole };
  return { ...again, from: first, latest: undefined, ascending: 1, whole: undefined };
}

/**
 * Whether a list that was begun anew further on gave less than there was: it was not in order after all, as where a repository
 * gives several sources one after the other.
 * @param records that were met in all
 */
export function isShort({ whole }: Place, records: number): boolean {
  return whole !== undefined && records < whole;
}

/** The list from its beginning, whatever its order seems to be. @throws as {@link restarted} */
export function fromBeginning(place: Place, first: string | undefined): Place {
  return { ...restarted({ ...place, ascending: 0 }, first), ascending: 0 };
}

/** A place with one more record's datestamp. */
export function dated(place: Place, datestamp: string): Place {
  const { latest } = place;
  if (latest === undefined || datestamp > latest) {
    const ascending = place.ascending === 0 || latest === undefined ? place.ascending : place.ascending + 1;
    return { ...place, latest: datestamp, ascending };
  }
  return datestamp === latest ? place : { ...place, ascending: 0 };
}

/** A place after one more page. @throws `OaiListLoops` where page after page brings nothing new */
export function turned(place: Place, token: string | undefined, isBarren: boolean): Place {
  const barren = isBarren ? place.barren + 1 : 0;
  if (barren > MAX_BARREN + place.pages - place.barren) throw listLoops();
  return { ...place, token, pages: place.pages + 1, barren };
}

/** A list that would never end. */
export function listLoops(): ConsortiaError {
  return new ConsortiaError(
    "OaiListLoops",
    "The repository's list goes round in circles: what it gave to go on from leads to where it was before. Tell its operator.",
  );
}
