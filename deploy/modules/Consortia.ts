import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { CharterModule } from "./Charter.ts";
import { CreditTokenModule } from "./CreditToken.ts";
import { BOOTSTRAP_ROLES, PRIVILEGES, ROLES, privilegesOf, selector } from "./roles.ts";

const DAY = 86_400;

/** A whole consortium: charter, register, prices, works, credit token, ledger and desks, with every right assigned. */
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
  const resources = m.contract("Resources", [charter, register]);
  const pricing = m.contract("Pricing", [charter, register, schedule, resources]);
  const claims = m.contract("Claims", [charter, register, pricing, claimTerms]);
  const reversals = m.contract("Reversals", [charter, register, claims]);
  const advances = m.contract("Advances", [charter, register]);
  const compensation = m.contract("Compensation", [charter, register]);
  const desks = { claims, reversals, advances, pricing, compensation };
  const ledger = m.contract("Ledger", [charter, register, token, desks, terms]);

  const contracts = {
    Register: register,
    FeeSchedule: schedule,
    Resources: resources,
    Pricing: pricing,
    Claims: claims,
    Compensation: compensation,
    Ledger: ledger,
    CreditToken: token,
  };
  const assigned = privilegesOf(PRIVILEGES).map(({ contract, role, functions }) =>
    m.encodeFunctionCall(
      charter,
      "setTargetFunctionRole",
      [contracts[contract as keyof typeof contracts], functions.map(selector), ROLES[role]],
      { id: `${contract}_${role}` },
    ),
  );
  const granted = BOOTSTRAP_ROLES.map((role) =>
    m.encodeFunctionCall(charter, "grantRole", [ROLES[role], m.getParameter(role, m.getAccount(0)), 0], {
      id: `grant_${role}`,
    }),
  );
  // One transaction for all rights: they are many, and each costs a block.
  const rights = m.call(charter, "multicall", [[...assigned, ...granted]], { id: "rights" });
  m.call(register, "bindLedger", [ledger], { after: [rights] });
  for (const desk of Object.values(desks)) m.call(desk, "bindLedger", [ledger]);

  return { charter, register, schedule, resources, token, ledger, ...desks };
});

export default ConsortiaModule;
