import type { MemberId, ServiceId } from "../../core/ids.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import type { Gains } from "./gains.ts";

/** What was given and drawn of one service, or to and from one partner. */
export interface SideRow {
  readonly name: string;
  readonly givenCount: number;
  readonly given: Credits;
  readonly drawnCount: number;
  readonly drawn: Credits;
  /** What was paid in fees for what was drawn. */
  readonly fee: Credits;
}

interface Part {
  readonly count: number;
  readonly gross: Credits;
  readonly fee: Credits;
}

/** What claims that were settled for a part are called: they tell no service. */
const PARTIAL = "claims settled for a part";

/** Given and drawn beside one another, by service. */
export function rowsByService(
  { given, drawn }: Pick<Gains, "given" | "drawn">,
  nameOf: (service: ServiceId) => string,
): SideRow[] {
  const parts = (side: Gains["given"]) =>
    new Map(side.services.map(({ service, quantity: count, ...row }) => [service, { count, ...row }]));
  return beside(parts(given), parts(drawn), (service) => (service === undefined ? PARTIAL : nameOf(service)));
}

/** The same by partner. */
export function rowsByPartner(
  { given, drawn }: Pick<Gains, "given" | "drawn">,
  nameOf: (member: MemberId) => string,
): SideRow[] {
  const parts = (side: Gains["given"]) =>
    new Map(side.partners.map(({ partner, statements: count, ...row }) => [partner, { count, ...row }]));
  return beside(parts(given), parts(drawn), nameOf);
}

/** All rows together; units of several services are summed as they are. */
export function totalOf(rows: readonly SideRow[]): SideRow {
  const sum = (pick: (row: SideRow) => bigint) => credits(rows.reduce((all, row) => all + pick(row), 0n));
  const count = (pick: (row: SideRow) => number) => rows.reduce((all, row) => all + pick(row), 0);
  return {
    name: "All",
    ...{ givenCount: count(({ givenCount }) => givenCount), given: sum(({ given }) => given) },
    ...{ drawnCount: count(({ drawnCount }) => drawnCount), drawn: sum(({ drawn }) => drawn) },
    fee: sum(({ fee }) => fee),
  };
}

function beside<Key extends number | undefined>(
  given: ReadonlyMap<Key, Part>,
  drawn: ReadonlyMap<Key, Part>,
  nameOf: (key: Key) => string,
): SideRow[] {
  const keys = [...new Set([...given.keys(), ...drawn.keys()])];
  return keys
    .sort((a, b) => (a ?? Infinity) - (b ?? Infinity))
    .map((key) => {
      const [gave, drew] = [given.get(key), drawn.get(key)];
      return {
        name: nameOf(key),
        ...{ givenCount: gave?.count ?? 0, given: gave?.gross ?? ZERO },
        ...{ drawnCount: drew?.count ?? 0, drawn: drew?.gross ?? ZERO },
        fee: drew?.fee ?? ZERO,
      };
    });
}
