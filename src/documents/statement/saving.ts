import type { MemberId, ServiceId } from "../../core/ids.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import type { Charged, Movement, StatementRef } from "../journal/movement.ts";

/** What a unit of a service costs somebody who has no consortium. */
export type Replacements = ReadonlyMap<ServiceId, Credits>;

/** What one service would have cost alone. */
export interface SavingRow {
  readonly service: ServiceId;
  readonly quantity: number;
  /** Of one unit. */
  readonly replacement: Credits;
  readonly alone: Credits;
}

/** What a member saved against buying alone. Nothing is divided, so nothing is rounded. */
export interface Saving {
  readonly rows: readonly SavingRow[];
  readonly alone: Credits;
  /** What it paid for the same units. */
  readonly paid: Credits;
  readonly saved: Credits;
}

/** What one statement counts for. */
interface Part {
  readonly quantities: ReadonlyMap<ServiceId, number>;
  readonly paid: bigint;
}

interface Drawn {
  charged?: Charged;
  relieved: bigint;
  royalties: bigint;
}

/**
 * What a member saved in some months against buying alone what it drew: units × replacement price − what it paid for them:
 * price, fee and royalties, less relief and grants. Whatever is doubtful is left to the other side, so that no more is
 * claimed than is certain:
 * - Services without a replacement price count for nothing.
 * - Where a statement also bills such services, its relief is not taken off, and its royalties are put on whole.
 * - A statement of which anything is given back counts for nothing: it is taken off in the month of the first refund.
 * - So does a claim that was settled for a part.
 * The figures of months sum up to those of their span. Undefined where no service has a replacement price.
 * @param movements all of them from the first on, in their order
 */
export function savingOf(
  movements: readonly Movement[],
  member: MemberId,
  [from, to]: readonly [PeriodId, PeriodId],
  replacements: Replacements,
): Saving | undefined {
  if (replacements.size === 0) return undefined;
  const drawn = drawnBy(movements, member, to);
  const [quantities, givenBack] = [new Map<ServiceId, number>(), new Set<string>()];
  let paid = 0n;
  const add = (part: Part, sign: 1 | -1) => {
    for (const [service, quantity] of part.quantities) {
      quantities.set(service, (quantities.get(service) ?? 0) + sign * quantity);
    }
    paid += BigInt(sign) * part.paid;
  };
  for (const movement of movements) {
    if (movement.month > to) break;
    const ref = movement.kind === "givenBack" ? movement.of : movement;
    const one = ref !== undefined && "number" in ref && "supplier" in ref ? drawn.get(keyOf(ref)) : undefined;
    const part = one && partOf(one, replacements);
    if (part === undefined || one?.charged === undefined) continue;
    if (movement.kind === "charged" && movement.month >= from) add(part, 1);
    if (movement.kind !== "givenBack" || givenBack.has(keyOf(one.charged))) continue;
    givenBack.add(keyOf(one.charged));
    if (movement.month >= from) add(part, -1);
  }
  return summed(quantities, paid, replacements);
}

/** Everything that a member was charged, with what others paid of it and got on top. */
function drawnBy(movements: readonly Movement[], member: MemberId, to: PeriodId): Map<string, Drawn> {
  const drawn = new Map<string, Drawn>();
  for (const movement of movements) {
    if (movement.month > to) break;
    const { kind } = movement;
    if (kind !== "charged" && kind !== "relieved" && kind !== "royalty") continue;
    if (movement.consumer !== member) continue;
    const key = keyOf(movement);
    const one = drawn.get(key) ?? { relieved: 0n, royalties: 0n };
    if (kind === "charged") one.charged = movement;
    else if (kind === "relieved") one.relieved += movement.amount;
    else one.royalties += movement.amount;
    drawn.set(key, one);
  }
  return drawn;
}

/** What a statement counts for; undefined where nothing of it can be compared. */
function partOf({ charged, relieved, royalties }: Drawn, replacements: Replacements): Part | undefined {
  const lines = charged?.lines ?? [];
  const priced = lines.filter(({ service }) => replacements.has(service));
  if (priced.length === 0) return undefined;
  const quantities = new Map<ServiceId, number>();
  let paid = royalties - (priced.length === lines.length ? relieved : 0n);
  for (const { service, quantity, gross, fee } of priced) {
    quantities.set(service, (quantities.get(service) ?? 0) + quantity);
    paid += gross + fee;
  }
  return { quantities, paid };
}

function summed(
  quantities: ReadonlyMap<ServiceId, number>,
  paid: bigint,
  replacements: Replacements,
): Saving {
  const rows = [...quantities]
    .filter(([, quantity]) => quantity !== 0)
    .sort(([a], [b]) => a - b)
    .map(([service, quantity]): SavingRow => {
      const replacement = replacements.get(service) ?? ZERO;
      return { service, quantity, replacement, alone: credits(BigInt(quantity) * replacement) };
    });
  const alone = rows.reduce((sum, row) => sum + row.alone, 0n);
  return { rows, alone: credits(alone), paid: credits(paid), saved: credits(alone - paid) };
}

const keyOf = ({ supplier, consumer, number }: StatementRef): string => `${supplier}/${consumer}/${number}`;
