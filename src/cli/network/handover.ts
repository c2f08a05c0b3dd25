import type { Signer } from "ethers";
import { handoverModule } from "../../../deploy/modules/Handover.ts";
import type { Office } from "../../../deploy/modules/roles.ts";
import { ConsortiaError } from "../../core/error.ts";
import { COMMONS, RELIEF } from "../../core/ids.ts";
import { actAs, type Consortium } from "../../sdk/consortium.ts";
import { readKey, sendAppointment } from "../../sdk/keys.ts";
import { readRights } from "../../sdk/rights.ts";
import { read } from "../../sdk/verb.ts";
import { ignite, type IgniteOptions } from "./ignite.ts";

export interface HandoverOptions extends IgniteOptions {
  /** How long the Board's acts wait for a veto, in seconds; the preset's. */
  readonly boardDelay: number;
  /** Who holds an office from now on; nobody by default, until the Council seats somebody. */
  readonly offices?: Readonly<Partial<Record<Office, readonly string[]>>>;
}

/**
 * Gives every right to the chambers and takes the rest from whoever has it, the signer last. There is no way back.
 * @throws `HandoverDelayShort` where the Council had no time for a veto; `HandoverNotAdmin`; `DeploymentFailed`
 */
export async function handOver(consortium: Consortium, options: HandoverOptions): Promise<void> {
  const { boardDelay, offices = {}, signer } = options;
  const admin = await signer.getAddress();
  const { governance, charter } = consortium.contracts;
  const vetoTime = Number(await read(governance.amendments.vetoTime()));
  if (boardDelay <= vetoTime) {
    throw new ConsortiaError(
      "HandoverDelayShort",
      `The Board's acts would wait ${boardDelay} seconds and the Council needs up to ${vetoTime} for a veto. Let them wait longer.`,
      { values: { boardDelay, vetoTime } },
    );
  }
  const [isAdmin] = await read(charter.hasRole(0n, admin));
  if (!isAdmin) {
    throw new ConsortiaError("HandoverNotAdmin", `${admin} is no administrator of the charter.`);
  }
  await leaveReserved(consortium, signer, admin);
  const { held } = await readRights(consortium);
  // Whoever revokes keeps its own administration to the end.
  const holders = [...held].sort((a, b) => Number(a.account === admin) - Number(b.account === admin));
  const { council, board, assembly, amendments, admissions } = consortium.deployment.governance;
  const bodies = { council, board, assembly, amendments, admissions };
  const module = handoverModule({
    charter: consortium.deployment.charter,
    ...bodies,
    boardDelay,
    offices,
    holders,
  });
  await ignite(module, {}, options);
}

/** The signer's keys of COMMONS and RELIEF go, since nobody else can take them from it before the Board can. */
async function leaveReserved(consortium: Consortium, signer: Signer, key: string): Promise<void> {
  for (const member of [COMMONS, RELIEF]) {
    const { rights } = await readKey(consortium, member, key);
    if (rights.length === 0) continue;
    const payee = await read(consortium.contracts.register.payeeOf(member));
    await sendAppointment(actAs(consortium, signer), { member, key, rights: [], payee });
  }
}
