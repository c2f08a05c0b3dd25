import { defineConfig } from "hardhat/config";
import base from "../../hardhat.config.ts";

/**
 * The project's configuration for a coverage run: instrumented contracts are kept away from the real artifacts,
 * and every path is walked rather than every number, so the fuzzer does a quarter of its usual work. The compiler
 * stays on the IR pipeline, without which the larger contracts do not compile.
 */
export default defineConfig({
  ...base,
  paths: { ...base.paths, artifacts: "coverage/artifacts", cache: "coverage/cache" },
  coverage: { skipFiles: ["contracts/interfaces/**", "contracts/mocks/**"] },
  test: {
    ...base.test,
    solidity: { fuzz: { runs: 64 }, invariant: { runs: 8, depth: 100, failOnRevert: false } },
  },
});
