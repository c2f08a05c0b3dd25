import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Who may do what. The deployer is the bootstrap administrator until governance takes over. */
export const CharterModule = buildModule("Charter", (m) => {
  const textHash = m.getParameter<string>("textHash");
  const charter = m.contract("Charter", [m.getAccount(0), textHash]);
  return { charter };
});

export default CharterModule;
