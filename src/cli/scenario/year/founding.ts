import { id } from "ethers";
import { hash } from "../../../core/ids.ts";
import { ZERO } from "../../../core/money.ts";
import type { Agreement } from "../../../core/agreements.ts";
import { sendAgreement, signAgreement } from "../../../sdk/agreements.ts";
import { sendPermission, sendResource } from "../../../sdk/resources.ts";
import type { Office } from "./office.ts";
import type { Pact } from "./plan.ts";

/** Registers the plan's works: their holders say what each may be used for, and what they ask. */
export async function registerWorks(office: Office): Promise<void> {
  for (const { urn, holder: name, licence, permitted } of office.plan.works) {
    const holder = office.party(name);
    const { resource } = await sendResource(holder.as, { holder: holder.id, urn, licence });
    office.works.set(urn, resource);
    for (const { service, royalty } of permitted) {
      const permission = { service: office.serviceOf(service), permitted: true, royalty };
      await sendPermission(holder.as, { resource, ...permission });
    }
  }
}

/** Has members agree to supply each other for nothing: both sign, anybody brings it. */
export async function makePacts(office: Office): Promise<void> {
  for (const pact of office.plan.pacts) {
    const terms = termsOf(office, pact);
    const signatures = [];
    for (const member of terms.members) {
      const { key } = office.actor(office.nameOf(member));
      signatures.push(await signAgreement(office.admin, key, terms));
    }
    await sendAgreement(office.admin, { terms, signatures });
  }
}

function termsOf(office: Office, { month, between, services }: Pact): Agreement {
  const ids = services.map((code) => office.serviceOf(code));
  return {
    members: between.map((name) => office.party(name).id).sort((a, b) => a - b),
    from: office.month(month),
    until: 0,
    prices: ids.sort((a, b) => a - b).map((service) => ({ service, price: ZERO, back: ZERO })),
    document: hash(id(`${between.join(" and ")} supply each other for nothing.`)),
  };
}
