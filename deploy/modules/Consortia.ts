import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { CharterModule } from "./Charter.ts";
import { CreditTokenModule } from "./CreditToken.ts";
import { PRIVILEGES, ROLES, selector } from "./roles.ts";
import type { RoleName } from "./roles.ts";

const DAY = 86_400;

/** A whole consortium: charter, register, fee schedule, credit token and ledger, with every right assigned. */
export const ConsortiaModule = buildModule("Consortia", (m) => {
  const { charter } = m.useModule(CharterModule);
  const { token } = m.useModule(CreditTokenModule);
  const terms = {
    withdrawalNotice: m.getParameter("withdrawalNotice", 7 * DAY),
    withdrawalWindow: m.getParameter("withdrawalWindow", 7 * DAY),
    debtTerm: m.getParameter("debtTerm", 90 * DAY),
  };

  const claimTerms = {
    challengeWindow: m.getParameter("challengeWindow", 45 * DAY),
    awardTerm: m.getParameter("awardTerm", 180 * DAY),
    appealWindow: m.getParameter("appealWindow", 14 * DAY),
    appealTerm: m.getParameter("appealTerm", 60 * DAY),
    bond: m.getParameter("claimBond", 5_000_000n),
    limit: m.getParameter("claimLimit", 5_000_000_000n),
    openPerPair: m.getParameter("claimsPerPair", 4),
  };

  const register = m.contract("Register", [charter]);
  const schedule = m.contract("FeeSchedule", [charter]);
  const claims = m.contract("Claims", [charter, register, schedule, claimTerms]);
  const reversals = m.contract("Reversals", [charter, register, claims]);
  const advances = m.contract("Advances", [charter, register]);
  const desks = { claims, reversals, advances };
  const ledger = m.contract("Ledger", [charter, register, schedule, token, desks, terms]);

  const contracts = {
    Register: register,
    FeeSchedule: schedule,
    Claims: claims,
    Ledger: ledger,
    CreditToken: token,
  };
  const granted = Object.entries(PRIVILEGES).flatMap(([name, roles]) =>
    Object.entries<readonly string[]>(roles).map(([role, functions]) =>
      m.call(
        charter,
        "setTargetFunctionRole",
        [contracts[name as keyof typeof contracts], functions.map(selector), ROLES[role as RoleName]],
        { id: `${name}_${role}` },
      ),
    ),
  );
  for (const [role, number] of Object.entries(ROLES)) {
    m.call(charter, "grantRole", [number, m.getParameter(role, m.getAccount(0)), 0], { id: `grant_${role}` });
  }
  m.call(register, "bindLedger", [ledger], { after: granted });
  m.call(claims, "bindLedger", [ledger]);
  m.call(reversals, "bindLedger", [ledger]);
  m.call(advances, "bindLedger", [ledger]);

  return { charter, register, schedule, token, ledger, claims, reversals, advances };
});

export default ConsortiaModule;
