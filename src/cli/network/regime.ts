import { ZeroAddress, id } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import { COMMONS, hash, type ServiceId } from "../../core/ids.ts";
import type { PeriodId } from "../../core/period.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { isAccredited, sendAccreditation } from "../../sdk/attestors.ts";
import { sendGrant } from "../../sdk/grants.ts";
import { readKey, sendAppointment, type Right } from "../../sdk/keys.ts";
import { readMember } from "../../sdk/members.ts";
import { listReliefs, sendRelief } from "../../sdk/reliefs.ts";
import { listCommercial, sendCommercial } from "../../sdk/resources.ts";
import { sendConditionalDraft, sendDescription, sendDraft, sendPublication } from "../../sdk/schedules.ts";
import type { Drafted, VersionPrices } from "../../sdk/schedules.ts";
import type { Preset } from "./preset.ts";
import { reliefFrom } from "./reliefs.ts";
import { conditionsFrom } from "./services.ts";
import { missingDescriptions, standingVersion, takeStanding } from "./standing.ts";

export interface RegimeOptions {
  readonly preset: Pick<
    Preset,
    "conditions" | "descriptions" | "prices" | "kinds" | "reliefs" | "grants" | "attestors"
  >;
  /** The first month, one that has not begun. */
  readonly from: PeriodId;
  /** The keys of the preset's attestors, by name; those that are not named attest nothing yet. */
  readonly attestors?: Readonly<Record<string, string>>;
}

/** What was put in force: the schedule's version, and the numbers of reliefs and grants in the preset's order. */
export interface Regime {
  readonly version: bigint;
  readonly reliefs: readonly number[];
  readonly grants: readonly number[];
}

/**
 * Puts in force what a preset says of money: what services are and cost, whose kind is in business, who is relieved and
 * who attests. What stands already is left as it is, so that a run that broke off can be repeated. The signer is scheduler,
 * registrar, treasurer and authority, as the deployer is until the handover.
 * @throws `AttestorUnknown` where a key is named for an attestor that the preset does not know; `ServiceDiffers` where a
 *   service was described as something else: nothing was done then
 */
export async function setRegime(
  consortium: Consortium,
  { preset, from, attestors = {} }: RegimeOptions,
): Promise<Regime> {
  requireKnown(preset.attestors, attestors);
  for (const description of await missingDescriptions(consortium, preset.descriptions)) {
    await sendDescription(consortium, description);
  }
  const version = await setTariff(consortium, preset, from);
  const commercial = await listCommercial(consortium);
  for (const { id: kind, commercial: wanted } of preset.kinds) {
    if (wanted && !commercial.has(kind)) await sendCommercial(consortium, { kind, commercial: true });
  }
  const aid = await openAid(consortium, preset, from);
  for (const { name, services } of preset.attestors) {
    const key = attestors[name];
    if (key !== undefined) await accredit(consortium, key, services);
  }
  return { version, ...aid };
}

/** Writes all prices of a schedule into one draft. */
export async function draftTariff(
  consortium: Consortium,
  { prices, conditions }: VersionPrices,
): Promise<Drafted> {
  if (conditions.length === 0) return sendDraft(consortium, prices);
  const plain = prices.length === 0 ? undefined : await sendDraft(consortium, prices);
  return sendConditionalDraft(consortium, conditions, plain?.version);
}

/** Puts a preset's prices in force from a month on, unless they are. @returns their version */
async function setTariff(
  consortium: Consortium,
  preset: RegimeOptions["preset"],
  from: PeriodId,
): Promise<bigint> {
  const wanted = { prices: preset.prices, conditions: conditionsFrom(preset, from) };
  const standing = await standingVersion(consortium, wanted, from);
  if (standing !== undefined) return standing;
  const { version } = await draftTariff(consortium, wanted);
  await sendPublication(consortium, { version, from });
  return version;
}

/** Opens a preset's reliefs and grants, but those that are open. */
async function openAid(
  consortium: Consortium,
  preset: RegimeOptions["preset"],
  from: PeriodId,
): Promise<Pick<Regime, "reliefs" | "grants">> {
  const standing = await listReliefs(consortium);
  const [reliefs, grants]: [number[], number[]] = [[], []];
  for (const terms of preset.reliefs) {
    const wanted = reliefFrom(terms, from);
    reliefs.push(takeStanding(standing, wanted) ?? (await sendRelief(consortium, wanted)).relief);
  }
  for (const { purpose, ...terms } of preset.grants) {
    const document = hash(id(purpose));
    const wanted = { ...reliefFrom(terms, from), until: terms.until(from), members: [], document };
    grants.push(takeStanding(standing, wanted) ?? (await sendGrant(consortium, wanted)).relief);
  }
  return { reliefs, grants };
}

/** Lets a key attest services for COMMONS. */
async function accredit(consortium: Consortium, key: string, services: readonly ServiceId[]): Promise<void> {
  const { rights } = await readKey(consortium, COMMONS, key);
  if (!rights.includes("countersign")) await appoint(consortium, key, [...rights, "countersign"]);
  for (const service of services) {
    if (await isAccredited(consortium, key, service)) continue;
    await sendAccreditation(consortium, { key, service, accredited: true });
  }
}

/** Makes an attestor a key of COMMONS, which goes on being paid where it was: to the signer where nobody said. */
async function appoint(consortium: Consortium, key: string, rights: readonly Right[]): Promise<void> {
  const known = (await readMember(consortium, COMMONS)).payee;
  const payee = known === ZeroAddress ? ((await consortium.signer?.getAddress()) ?? known) : known;
  await sendAppointment(consortium, { member: COMMONS, key, rights, payee });
}

function requireKnown(known: Preset["attestors"], given: Readonly<Record<string, string>>): void {
  const names = known.map(({ name }) => name);
  const strange = Object.keys(given).find((name) => !names.includes(name));
  if (strange === undefined) return;
  const there = names.length === 0 ? "none" : names.join(", ");
  throw new ConsortiaError(
    "AttestorUnknown",
    `The preset has no attestor "${strange}". It has ${there}; name a key for one of them.`,
    { values: { name: strange } },
  );
}
