import { ZeroAddress, id } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import { COMMONS, hash } from "../../core/ids.ts";
import type { PeriodId } from "../../core/period.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { sendAccreditation } from "../../sdk/attestors.ts";
import { sendGrant } from "../../sdk/grants.ts";
import { sendAppointment } from "../../sdk/keys.ts";
import { readMember } from "../../sdk/members.ts";
import { sendRelief } from "../../sdk/reliefs.ts";
import { sendCommercial } from "../../sdk/resources.ts";
import { sendConditionalDraft, sendDescription, sendDraft, sendPublication } from "../../sdk/schedules.ts";
import type { Preset } from "./preset.ts";
import { reliefFrom } from "./reliefs.ts";
import { conditionsFrom, type Tariff } from "./services.ts";

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
 * who attests. The signer is scheduler, registrar, treasurer and authority, as the deployer is until the handover.
 * @throws `AttestorUnknown` where a key is named for an attestor that the preset does not know
 */
export async function setRegime(
  consortium: Consortium,
  { preset, from, attestors = {} }: RegimeOptions,
): Promise<Regime> {
  requireKnown(preset.attestors, attestors);
  for (const description of preset.descriptions) await sendDescription(consortium, description);
  const version = await draftTariff(consortium, preset, from);
  await sendPublication(consortium, { version, from });
  for (const { id: kind, commercial } of preset.kinds) {
    if (commercial) await sendCommercial(consortium, { kind, commercial });
  }
  const [reliefs, grants]: [number[], number[]] = [[], []];
  for (const terms of preset.reliefs) {
    reliefs.push((await sendRelief(consortium, reliefFrom(terms, from))).relief);
  }
  for (const { purpose, ...terms } of preset.grants) {
    const document = hash(id(purpose));
    const opened = { ...reliefFrom(terms, from), until: terms.until(from), members: [], document };
    grants.push((await sendGrant(consortium, opened)).relief);
  }
  for (const { name, services } of preset.attestors) {
    const key = attestors[name];
    if (key === undefined) continue;
    await appoint(consortium, key);
    for (const service of services) await sendAccreditation(consortium, { key, service, accredited: true });
  }
  return { version, reliefs, grants };
}

/** Writes all prices of a preset into one draft. @returns its version */
export async function draftTariff(
  consortium: Consortium,
  tariff: Pick<Tariff, "prices" | "conditions">,
  from: PeriodId,
): Promise<bigint> {
  const { prices } = tariff;
  const conditions = conditionsFrom(tariff, from);
  const plain = prices.length === 0 ? 0n : (await sendDraft(consortium, prices)).version;
  if (conditions.length === 0) return plain;
  return (await sendConditionalDraft(consortium, conditions, plain)).version;
}

/** Makes an attestor a key of COMMONS, which goes on being paid where it was: to the signer where nobody said. */
async function appoint(consortium: Consortium, key: string): Promise<void> {
  const known = (await readMember(consortium, COMMONS)).payee;
  const payee = known === ZeroAddress ? ((await consortium.signer?.getAddress()) ?? known) : known;
  await sendAppointment(consortium, { member: COMMONS, key, rights: ["countersign"], payee });
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
