import type { Difference, DifferenceKind } from "../../core/difference.ts";
import { agency, COMMONS, COMMONS_AGENCY, FIRST_MEMBER } from "../../core/ids.ts";
import type { Agency, MemberId, ServiceId } from "../../core/ids.ts";
import type { OwnRecords } from "../../core/own.ts";
import type { PeriodId } from "../../core/period.ts";
import { reconcile, type Reconciliation } from "../../core/reconcile.ts";
import type { UnitPrice } from "../../core/schedule.ts";
import type { Statement } from "../../core/statement.ts";
import type { Bundle } from "../../records/bundle.ts";
import type { CountersignedIndex } from "../../records/countersigned.ts";
import type { RecordStore } from "../../records/store.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readMember } from "../../sdk/members.ts";
import { readPriceBetween } from "../../sdk/schedules.ts";
import type { Service } from "../network/services.ts";
import type { StatementFile } from "./file.ts";
import { readHeld, type Held } from "./held.ts";
import { verifyStatement, type Check, type Verdict } from "./verify.ts";

export interface ExamineInput {
  readonly consortium: Consortium;
  readonly services: readonly Service[];
  readonly store: RecordStore;
  readonly index: CountersignedIndex;
  /** Where statement files are. */
  readonly folder: string;
  /** What the consumer's own messages say; undefined where they are not at hand. */
  readonly own?: OwnRecords | undefined;
  /** Whether a statement fails that there are no own records to compare with. */
  readonly requireOwn: boolean;
  /** Requests whose differences somebody has looked at and agrees to. */
  readonly accept: ReadonlySet<string>;
}

/** A statement recomputed, and compared with its consumer's own records and with what was billed before. */
export interface Examination extends Verdict, Reconciliation {
  /** What keeps the statement from being countersigned: of its differences, those that block and were not accepted. */
  readonly standing: readonly Difference[];
  readonly accepted: readonly Difference[];
}

/** Nobody can agree to pay twice, or for somebody else. */
const NEVER_ACCEPTED: ReadonlySet<DifferenceKind> = new Set(["duplicate", "unknownParty"]);

/** Examines one statement after another; what they have in common is read once. */
export function createExaminer(input: ExamineInput): (file: StatementFile) => Promise<Examination> {
  const { consortium, store, own, accept } = input;
  let reading: Promise<Held> | undefined;
  return async (file) => {
    const verdict = await verifyStatement(consortium, store, file);
    const bundle = await store.get(file.statement.root);
    const held = await (reading ??= readHeld(consortium, store, input.folder));
    const compared = await compare(input, held, file, bundle);
    const accepted = compared.differences.filter(
      ({ kind, blocking, request }) => blocking && accept.has(request.id) && !NEVER_ACCEPTED.has(kind),
    );
    const standing = compared.differences.filter((one) => one.blocking && !accepted.includes(one));
    const checks = [...verdict.checks, checkOf(input, compared, standing, accepted)];
    const ok = checks.every((one) => one.ok) && (own !== undefined || !input.requireOwn);
    return { ...verdict, ...compared, checks, standing, accepted, ok };
  };
}

function checkOf(
  { own, requireOwn }: ExamineInput,
  { records }: Reconciliation,
  standing: readonly Difference[],
  accepted: readonly Difference[],
): Check {
  const check = "its records agree with our own";
  const differing = standing.length === 0 ? "" : `, ${standing.length} differences`;
  if (own === undefined) {
    const found = `none at hand; import your messages, or name --own${differing}`;
    return { check, ok: !requireOwn && standing.length === 0, found };
  }
  const agreed = records.filter(({ differences }) => differences.length === 0).length;
  const settled = accepted.length === 0 ? "" : `, ${accepted.length} accepted`;
  const found = `${agreed} of ${records.length} agree${differing}${settled}`;
  return { check, ok: standing.length === 0, found };
}

async function compare(
  { consortium, services, index, own }: ExamineInput,
  held: Held,
  { statement }: StatementFile,
  bundle: Bundle | undefined,
): Promise<Reconciliation> {
  if (bundle === undefined) return { records: [], differences: [] };
  const { supplier, consumer, period } = statement;
  const prices = await readPrices(consortium, services, statement);
  const { chainId, ledger } = consortium.deployment;
  const signed = await index.of({ chainId: Number(chainId), ledger, supplier, consumer });
  const before = billedBefore(statement, held, signed);
  const waiting = (name: string) =>
    held
      .of(statement, name)
      .some(({ number, standing }) => standing === "waiting" && number !== statement.number);
  return reconcile({
    supplier: { id: supplier, agency: await agencyOf(consortium, supplier, period) },
    consumer: { id: consumer, agency: await agencyOf(consortium, consumer, period) },
    period,
    records: bundle.records,
    ...(own === undefined ? {} : { own }),
    priceOf: (service) => prices.get(service),
    codeOf: (service) => services.find(({ id }) => id === service)?.code,
    billedBefore: (request, service, charge) => before(`${request}/${service}/${charge}`),
    billedBeside: (request, service) => waiting(`${request}/${service}/0`),
  });
}

/** Of two statements under one number only one can be posted: they are no bills beside each other. */
function billedBefore(
  statement: Statement,
  held: Held,
  signed: Awaited<ReturnType<CountersignedIndex["of"]>>,
): (record: string) => string | undefined {
  const { number, supplier } = statement;
  const noted = new Map(
    signed
      .filter((one) => one.number !== number)
      .flatMap((one) => one.records.map((record) => [record, one.number] as const)),
  );
  return (record) => {
    const before = noted.get(record);
    if (before !== undefined) return `statement ${supplier}-${before}, countersigned`;
    const other = held
      .of(statement, record)
      .find((one) => one.standing !== "waiting" && one.number !== number);
    return other === undefined ? undefined : `statement ${supplier}-${other.number}, ${other.standing}`;
  };
}

/** How records of a month name a member: by its ISIL, while it was one. The common good has a name of its own. */
async function agencyOf(consortium: Consortium, id: MemberId, month: PeriodId): Promise<Agency | undefined> {
  if (id === COMMONS) return COMMONS_AGENCY;
  if (id < FIRST_MEMBER) return undefined;
  const { isil, since, until } = await readMember(consortium, id);
  const active = since !== undefined && since <= month && month <= (until ?? month);
  return active ? agency("ISIL", isil) : undefined;
}

/** Prices of the month between the two: of every service that is known here or that a line names. */
async function readPrices(
  consortium: Consortium,
  services: readonly Service[],
  statement: Statement,
): Promise<Map<ServiceId, UnitPrice>> {
  const ids = new Set([...services.map(({ id }) => id), ...statement.lines.map(({ service }) => service)]);
  const prices = new Map<ServiceId, UnitPrice>();
  for (const id of ids) {
    const price = await readPriceBetween(consortium, statement, statement.period, id);
    if (price !== undefined) prices.set(id, price);
  }
  return prices;
}
