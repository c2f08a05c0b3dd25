import { createRequire } from "node:module";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

const require = createRequire(import.meta.url);

/** Fuzz and invariant effort; `CONSORTIA_FUZZ=deep` multiplies it for a night's run. */
const deep = process.env.CONSORTIA_FUZZ === "deep" ? 20 : 1;

/** The compiler; `runs` weighs gas against size. */
const compiler = (runs: number) => ({
  version: "0.8.37",
  path: require.resolve("solc/soljson.js"),
  settings: {
    viaIR: true,
    evmVersion: "prague",
    optimizer: { enabled: true, runs },
    metadata: { bytecodeHash: "none" },
  },
});

const solidity = {
  compilers: [compiler(10_000)],
  // The ledger stands near the size limit of contracts.
  overrides: { "contracts/Ledger.sol": compiler(800) },
};

export default defineConfig({
  plugins: [toolbox],
  // What is tested is what is deployed: both profiles are one.
  solidity: { profiles: { default: solidity, production: solidity } },
  paths: {
    ignition: "deploy",
    tests: { mocha: "test", solidity: "test" },
  },
  typechain: { outDir: "src/chain/types", tsNocheck: false },
  networks: {
    // Tests own the clock: the chain begins in a month of theirs, whatever today is.
    default: {
      type: "edr-simulated",
      chainType: "l1",
      hardfork: "prague",
      initialDate: "2026-09-01T00:00:00Z",
    },
  },
  test: {
    mocha: { timeout: 120_000 },
    solidity: {
      // Tests create the contracts from their artifacts instead of compiling them into each test.
      fsPermissions: { readDirectory: ["./artifacts"] },
      fuzz: { runs: 256 * deep },
      // The handler draws all it needs out of seeds, so there is nothing to gain from a dictionary. Three properties,
      // 100 runs and 200 calls make 60,000 calls.
      invariant: {
        runs: 100 * deep,
        depth: 200,
        failOnRevert: false,
        includeStorage: false,
        includePushBytes: false,
        dictionaryWeight: 0,
      },
    },
  },
});
