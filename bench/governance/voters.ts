import { network } from "hardhat";
import { HDNodeWallet, Mnemonic, type Signer } from "ethers";
import { encodeIsil } from "../../src/chain/isil.ts";
import {
  Charter__factory,
  Delegates__factory,
  Register__factory,
  Seats__factory,
  Voice__factory,
} from "../../src/chain/types/index.ts";
import type { Charter, Delegates, Register, Seats, Voice } from "../../src/chain/types/index.ts";
import { isil } from "../../src/core/ids.ts";
import { parseCredits } from "../../src/core/money.ts";

export type Connection = Awaited<ReturnType<typeof network.create>>;

/** Members old enough to vote, each with a key of its own, and the contracts that know them. */
export interface Voters {
  readonly connection: Connection;
  readonly admin: Signer;
  readonly charter: Charter;
  readonly register: Register;
  readonly delegates: Delegates;
  readonly voice: Voice;
  /** Member number and key of each. */
  readonly voters: readonly { readonly number: number; readonly key: HDNodeWallet }[];
  readonly newSeats: () => Promise<Seats>;
}

const MONTHS_UNTIL_THEY_VOTE = 100 * 86_400;
const YEAR = 365 * 86_400;
const PHRASE = "test test test test test test test test test test test junk";

/** Admits `size` members and waits until they vote. */
export async function crowdOfVoters(size: number): Promise<Voters> {
  const connection = await network.create();
  const [admin] = await connection.ethers.getSigners();
  if (admin === undefined) throw new Error("the bench chain has no accounts");
  const charter = await new Charter__factory(admin).deploy(
    admin,
    connection.ethers.id("The members decide."),
  );
  const register = await new Register__factory(admin).deploy(charter);
  const delegates = await new Delegates__factory(admin).deploy();
  const voice = await new Voice__factory(admin).deploy(charter, register, parseCredits("100000"));

  const root = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(PHRASE), "m/44'/60'/1'/0");
  const first = Number(await register.lastMember()) + 1;
  const voters = Array.from({ length: size }, (_, index) => ({
    number: first + index,
    key: root.deriveChild(index),
  }));
  for (const { number, key } of voters) {
    await register.applyFor(encodeIsil(isil(`XA-V${number}`)), 1, 1, 1, 1, admin);
    await register.setKey(number, key, 63);
    await register.admit(number);
  }
  await connection.networkHelpers.time.increase(MONTHS_UNTIL_THEY_VOTE);
  for (let done = 0; done < size; done += 50) {
    await voice.syncAll(voters.slice(done, done + 50).map(({ number }) => number));
  }
  await connection.networkHelpers.time.increase(60);
  const newSeats = () => new Seats__factory(admin).deploy(charter, delegates, [], YEAR);
  return { connection, admin, charter, register, delegates, voice, voters, newSeats };
}
