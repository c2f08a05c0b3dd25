import { Admissions__factory } from "../../src/chain/types/index.ts";
import type { Admissions } from "../../src/chain/types/index.ts";
import { ROLES, selector } from "../../deploy/modules/roles.ts";
import { isil } from "../../src/core/ids.ts";
import type { MemberId } from "../../src/core/ids.ts";
import { sendApplication } from "../../src/sdk/members.ts";
import { actAs } from "../../src/sdk/consortium.ts";
import type { World } from "./world.ts";

export const DAY = 86_400;
export const AUTHORITY = 10n;
/** Two applications a year by one member; tiers from 2 on are small. */
export const TERMS = { waiting: 30 * DAY, decision: 60 * DAY, seniority: 3, perYear: 2, smallTier: 2 };

/** Where an application stands, as the contract's enum has it. */
export const STAGE = { Unsponsored: 0n, Waiting: 1n, Rejected: 2n, Appealed: 3n, Admitted: 4n };

/** Rules of admission that hold the admitter's role; the deployer is registrar and, by grant, the authority. */
export async function createAdmissions(w: World): Promise<Admissions> {
  const { charter, register } = w.deployment;
  const created = await w.ethers.deployContract("Admissions", [charter, register, TERMS]);
  const address = await created.getAddress();
  const deciding = ["admit(uint32)", "reject(uint32)"].map(selector);
  await w.charter.setTargetFunctionRole(address, deciding, ROLES.registrar);
  await w.charter.setTargetFunctionRole(address, [selector("admitOnAppeal(uint32)")], AUTHORITY);
  await w.charter.grantRole(ROLES.admitter, address, 0);
  return Admissions__factory.connect(address, w.admin.signer ?? null);
}

let applied = 0;

/** Somebody with the stranger's key applies. */
export async function applyAs(w: World, tier: number): Promise<MemberId> {
  const { member } = await sendApplication(actAs(w.admin, w.stranger), {
    ...{ isil: isil(`XA-N${++applied}`), kind: 1, tier, constituency: 1, region: 1 },
    payee: w.stranger.address,
  });
  return member;
}

/** Lets three months go by, after which the members may sponsor. */
export async function ripen(w: World): Promise<void> {
  for (let i = 0; i < 3; i++) await w.closeMonth();
}

/** An applicant with both sponsors. */
export async function sponsored(w: World, admissions: Admissions, tier: number): Promise<MemberId> {
  const applicant = await applyAs(w, tier);
  for (const by of [w.ada, w.bob]) await admissions.connect(by.key).sponsor(applicant, by.id);
  return applicant;
}
