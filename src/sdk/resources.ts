import type { TransactionReceipt } from "ethers";
import { ConsortiaError } from "../core/error.ts";
import { memberId, resourceId, serviceId } from "../core/ids.ts";
import type { MemberId, ResourceId, ServiceId } from "../core/ids.ts";
import { LICENCES, type Licence } from "../core/licence.ts";
import { credits, type Credits } from "../core/money.ts";
import { period, periodOf, type PeriodId } from "../core/period.ts";
import type { Consortium } from "./consortium.ts";
import { readEvents, type Logged } from "./log.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";

interface NewResource {
  readonly holder: MemberId;
  /** In its standard form, such as `urn:isbn:9783161484100`. */
  readonly urn: string;
  readonly licence: Licence;
}

/** A work's permission for one service. */
export interface Permission {
  readonly service: ServiceId;
  readonly permitted: boolean;
  /** Per unit, to the holder. */
  readonly royalty: Credits;
  /** The first month in which it holds. */
  readonly from: PeriodId;
}

const registration = verb<NewResource>((c, a) =>
  c.contracts.resources.registerResource.populateTransaction(a.holder, a.urn, LICENCES.indexOf(a.licence)),
);

/** Registers a work; whoever comes first holds it. A key of the holder that may post and countersign. */
export const prepareResource = registration.prepare;

/** Registers a work, and tells its number. */
export async function sendResource(
  consortium: Consortium,
  input: NewResource,
): Promise<{ readonly resource: ResourceId; readonly receipt: TransactionReceipt }> {
  const receipt = await registration.send(consortium, input);
  const { args } = eventOf(consortium.contracts.resources, receipt, "ResourceRegistered");
  return { resource: resourceId(Number(args.resource)), receipt };
}

/** Changes a work's licence from the next month on, not again within four months. The holder. */
export const { prepare: prepareLicence, send: sendLicence } = verb<{
  resource: ResourceId;
  licence: Licence;
}>((c, a) => c.contracts.resources.license.populateTransaction(a.resource, LICENCES.indexOf(a.licence)));

/**
 * Permits a service to use a reserved work for a royalty per unit, or no longer, from the next month on; not again within
 * four months. The holder.
 */
export const { prepare: preparePermission, send: sendPermission } = verb<{
  resource: ResourceId;
  service: ServiceId;
  permitted: boolean;
  /** Nothing where it is absent. */
  royalty?: Credits;
}>((c, a) =>
  c.contracts.resources.permit.populateTransaction(a.resource, a.service, a.permitted, a.royalty ?? 0n),
);

/** Hands a work over to another member. The holder. */
export const { prepare: prepareResourceTransfer, send: sendResourceTransfer } = verb<{
  resource: ResourceId;
  holder: MemberId;
}>((c, a) => c.contracts.resources.transfer.populateTransaction(a.resource, a.holder));

/** Says who holds a work after all. Registrar. */
export const { prepare: prepareReassignment, send: sendReassignment } = verb<{
  resource: ResourceId;
  holder: MemberId;
}>((c, a) => c.contracts.resources.reassign.populateTransaction(a.resource, a.holder));

/** Says whether members of a kind are in business, from the next month on. Registrar. */
export const { prepare: prepareCommercial, send: sendCommercial } = verb<{
  kind: number;
  commercial: boolean;
}>((c, a) => c.contracts.resources.setCommercial.populateTransaction(a.kind, a.commercial));

/** A registered work. */
export interface Resource {
  readonly resource: ResourceId;
  readonly urn: string;
  readonly holder: MemberId;
  /** The licence that was given last. */
  readonly licence: Licence;
  /** The first month in which it holds. */
  readonly from: PeriodId;
  /** What was said last of each service, by service. */
  readonly permissions: readonly Permission[];
  /** The block it was registered in. */
  readonly block: number;
}

/** Every work that was ever registered, as of now, in the order of their numbers; those of one holder where it is named. */
export async function listResources(consortium: Consortium, holder?: MemberId): Promise<Resource[]> {
  const { resources } = consortium.contracts;
  const works = new Map<ResourceId, Resource>();
  const blocks = new Map<number, number>();
  for (const event of await readEvents(consortium, resources)) {
    if (event.args.toObject().resource === undefined) continue;
    const number = resourceId(Number(event.args.resource));
    const before = works.get(number);
    if (event.name === "ResourceRegistered") works.set(number, await registered(consortium, blocks, event));
    else if (before !== undefined) works.set(number, changed(before, event));
  }
  return [...works.values()].filter((work) => holder === undefined || work.holder === holder);
}

/** The number of a work, or undefined where nobody registered it. @param urn in its standard form */
export async function findResource({ contracts }: Consortium, urn: string): Promise<ResourceId | undefined> {
  const number = Number(await read(contracts.resources.resourceOf(urn)));
  return number === 0 ? undefined : resourceId(number);
}

/** One work as of now. @throws `ResourceUnknown` */
export async function readResource(consortium: Consortium, number: ResourceId): Promise<Resource> {
  const found = (await listResources(consortium)).find(({ resource }) => resource === number);
  if (found !== undefined) return found;
  throw new ConsortiaError(
    "ResourceUnknown",
    `No work is registered under ${number}. See "consortia resource list".`,
    { values: { resource: number } },
  );
}

/** The licence under which a work stands in a month. */
export async function readLicence(
  { contracts }: Consortium,
  resource: ResourceId,
  month: PeriodId,
): Promise<Licence> {
  return licenceAt(await read(contracts.resources.licenceIn(resource, month)));
}

/** Whether a service may use a work for a member of a kind in a month, and what a unit costs its holder's due. */
export async function readUse(
  { contracts }: Consortium,
  {
    resource,
    service,
    kind,
    month,
  }: {
    readonly resource: ResourceId;
    readonly service: ServiceId;
    readonly kind: number;
    readonly month: PeriodId;
  },
): Promise<{ readonly allowed: boolean; readonly royalty: Credits }> {
  const act = await read(contracts.schedule.actOf(service, month));
  const { allowed, royalty } = await read(contracts.resources.useOf(resource, service, act, kind, month));
  return { allowed, royalty: credits(royalty) };
}

/** Whether members of a kind are in business now. */
export async function isCommercial({ contracts }: Consortium, kind: number): Promise<boolean> {
  return read(contracts.resources.isCommercial(kind));
}

/** The kinds whose members are in business as it was said last: now or from next month on. */
export async function listCommercial(consortium: Consortium): Promise<ReadonlySet<number>> {
  const { resources } = consortium.contracts;
  const events = await readEvents(consortium, resources, { filter: resources.filters.KindCommercial() });
  const last = new Map(events.map(({ args }) => [Number(args.kind), args.commercial as boolean]));
  return new Set([...last].filter(([, commercial]) => commercial).map(([kind]) => kind));
}

/** A work as it was registered: its licence holds from that month on. */
async function registered(
  { provider }: Consortium,
  months: Map<number, number>,
  { args, block }: Logged,
): Promise<Resource> {
  const time = months.get(block) ?? (await read(provider.getBlock(block)))?.timestamp ?? 0;
  months.set(block, time);
  return {
    resource: resourceId(Number(args.resource)),
    urn: String(args.urn),
    holder: memberId(Number(args.holder)),
    licence: licenceAt(args.licence as bigint),
    from: periodOf(time),
    permissions: [],
    block,
  };
}

function changed(before: Resource, { name, args }: Logged): Resource {
  switch (name) {
    case "ResourceLicensed":
      return { ...before, licence: licenceAt(args.licence as bigint), from: period(Number(args.from)) };
    case "ResourceTransferred":
      return { ...before, holder: memberId(Number(args.holder)) };
    case "UseGranted":
      return { ...before, permissions: permissionsWith(before, args) };
    default:
      return before;
  }
}

function permissionsWith({ permissions }: Resource, args: Logged["args"]): Permission[] {
  const service = serviceId(Number(args.service));
  const said = {
    service,
    permitted: args.permitted === true,
    royalty: credits(args.royalty as bigint),
    from: period(Number(args.from)),
  };
  return [...permissions.filter((one) => one.service !== service), said].sort(
    (a, b) => a.service - b.service,
  );
}

function licenceAt(number: bigint): Licence {
  return LICENCES[Number(number)] ?? "none";
}
