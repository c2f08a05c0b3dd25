import { COMMONS, serviceId, type ServiceId } from "../core/ids.ts";
import type { Line } from "../core/statement.ts";
import type { Consortium } from "./consortium.ts";
import { readKey } from "./keys.ts";
import { readEvents } from "./log.ts";
import { read, verb } from "./verb.ts";

/** Lets a key of COMMONS attest contributions of a service, or no longer. Registrar. */
export const { prepare: prepareAccreditation, send: sendAccreditation } = verb<{
  key: string;
  service: ServiceId;
  accredited: boolean;
}>((c, a) => c.contracts.pricing.accredit.populateTransaction(a.key, a.service, a.accredited));

/** Whether a key is accredited for a service, whatever else it may do. */
export async function isAccredited(
  { contracts }: Consortium,
  key: string,
  service: ServiceId,
): Promise<boolean> {
  return read(contracts.pricing.isAccredited(key, service));
}

/** The services among a statement's lines for which a key is not accredited, each once. */
export async function listUnaccredited(
  consortium: Consortium,
  key: string,
  lines: readonly Line[],
): Promise<ServiceId[]> {
  const services = [...new Set(lines.map(({ service }) => service))];
  const accredited = await Promise.all(services.map((service) => isAccredited(consortium, key, service)));
  return services.filter((_, at) => accredited[at] !== true);
}

/** Who attests what is done for the common good. */
export interface Attestor {
  readonly key: string;
  readonly services: readonly ServiceId[];
  /** Whether it may countersign for COMMONS, without which nothing that it attests can be posted. */
  readonly countersigns: boolean;
}

/** Every key that is accredited for a service, in the order in which they were first. */
export async function listAttestors(consortium: Consortium): Promise<Attestor[]> {
  const { pricing } = consortium.contracts;
  const events = await readEvents(consortium, pricing, { filter: pricing.filters.AttestorAccredited() });
  const services = new Map<string, Set<ServiceId>>();
  for (const { args } of events) {
    const [key, service] = [String(args.key), serviceId(Number(args.service))];
    const own = services.get(key) ?? new Set();
    if (args.accredited === true) own.add(service);
    else own.delete(service);
    services.set(key, own);
  }
  const living = [...services].filter(([, own]) => own.size > 0);
  return Promise.all(
    living.map(async ([key, own]) => ({
      key,
      services: [...own].sort((a, b) => a - b),
      countersigns: (await readKey(consortium, COMMONS, key)).rights.includes("countersign"),
    })),
  );
}
