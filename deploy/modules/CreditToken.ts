import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { CharterModule } from "./Charter.ts";

/** The consortium's own settlement asset, issued by its treasury. */
export const CreditTokenModule = buildModule("CreditToken", (m) => {
  const { charter } = m.useModule(CharterModule);
  const name = m.getParameter("name", "Consortia Credit");
  const symbol = m.getParameter("symbol", "CREDIT");
  const token = m.contract("CreditToken", [charter, name, symbol]);
  return { token };
});

export default CreditTokenModule;
