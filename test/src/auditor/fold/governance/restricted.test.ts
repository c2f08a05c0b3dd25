import { expect } from "chai";
import type { Interface } from "ethers";
import { selectorOf } from "../../../../../src/auditor/fold/governance/acts.ts";
import { RESTRICTED } from "../../../../../src/auditor/fold/governance/restricted.ts";
import {
  Compensation__factory,
  CreditToken__factory,
  FeeSchedule__factory,
  Ledger__factory,
  Pricing__factory,
  Register__factory,
  Resources__factory,
} from "../../../../../src/chain/types/index.ts";

const CONTRACTS = {
  register: Register__factory,
  schedule: FeeSchedule__factory,
  ledger: Ledger__factory,
  "pricing desk": Pricing__factory,
  works: Resources__factory,
  "compensation desk": Compensation__factory,
  "credit token": CreditToken__factory,
};

describe("what only a right allows", () => {
  for (const [name, factory] of Object.entries(CONTRACTS)) {
    it(`is a verb of the ${name}, shown by an event of its own with the verb's first arguments`, () => {
      const abi: Interface = factory.createInterface();
      const table = Object.entries(RESTRICTED[name] ?? {});
      expect(table).to.have.length.greaterThan(0);
      for (const [event, { verb, args }] of table) {
        const found = abi.getFunction(selectorOf(verb));
        expect(found?.format(), verb).to.equal(verb);
        const logged = abi.getEvent(event)?.inputs ?? [];
        expect(args.filter((arg) => !logged.some((input) => input.name === arg))).to.deep.equal([]);
        const types = args.map((arg) => logged.find((input) => input.name === arg)?.type);
        expect(types).to.deep.equal(found?.inputs.slice(0, args.length).map(({ type }) => type));
      }
    });
  }
});
