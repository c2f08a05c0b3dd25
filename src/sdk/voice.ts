import type { MemberId } from "../core/ids.ts";
import { voterAccount } from "../core/voter.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";

/** Brings a member's voice up to its standing and membership. Anyone. */
export const { prepare: prepareVoiceSync, send: sendVoiceSync } = verb<MemberId>((c, member) =>
  c.contracts.governance.voice.sync.populateTransaction(member),
);

/** Brings the voice of many members up to date. Anyone. */
export const { prepare: prepareVoiceSyncAll, send: sendVoiceSyncAll } = verb<readonly MemberId[]>(
  (c, members) => c.contracts.governance.voice.syncAll.populateTransaction([...members]),
);

/** Confirms that a suspended member has no voice until it is reinstated. The Council. */
export const { prepare: prepareSuspensionConfirmation, send: sendSuspensionConfirmation } = verb<MemberId>(
  (c, member) => c.contracts.governance.voice.confirmSuspension.populateTransaction(member),
);

/** Voids everything that the signer's key signed as a voter and nobody posted yet. A voting key of the member. */
export const { prepare: prepareBallotVoid, send: sendBallotVoid } = verb<MemberId>((c, member) =>
  c.contracts.register.voidBallots.populateTransaction(member),
);

/** What a member's word weighs, as last synced. */
export interface MemberVoice {
  readonly member: MemberId;
  /** In units of a millionth of the base; zero where it cannot vote. */
  readonly units: bigint;
  /** What it would weigh were it synced now, could it vote. */
  readonly due: bigint;
  /** Whether the Council confirmed the suspension in which the member is. */
  readonly suspensionConfirmed: boolean;
}

export async function readVoice(consortium: Consortium, member: MemberId): Promise<MemberVoice> {
  const { ledger, governance } = consortium.contracts;
  const { voice } = governance;
  const [units, account, suspensionConfirmed] = await read(
    Promise.all([
      voice.getVotes(voterAccount("member", member)),
      ledger.account(member),
      voice.suspensionConfirmed(member),
    ]),
  );
  return { member, units, due: await read(voice.unitsOf(account.standing)), suspensionConfirmed };
}

/** All voice that can be cast, as last synced. */
export async function readVoiceTotal({ contracts, provider }: Consortium): Promise<bigint> {
  const block = await read(provider.getBlock("latest"));
  return read(contracts.governance.voice.getPastTotalSupply((block?.timestamp ?? 1) - 1));
}
