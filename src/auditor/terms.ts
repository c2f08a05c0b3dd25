import { Interface, type Result } from "ethers";
import { ConsortiaError, isConsortiaError } from "../core/error.ts";
import { callAll } from "./chain/agree.ts";
import type { Site } from "./chain/discover.ts";
import type { ChainNode } from "./chain/node.ts";
import type { Findings } from "./finding.ts";

/** What the charter fixed when the contracts were made, in seconds and millionths of a credit. */
export interface AuditTerms {
  readonly withdrawalNotice: number;
  readonly withdrawalWindow: number;
  /** Of the settlement asset. */
  readonly assetDecimals: number;
  /** Absent where the ledger has no desk for claims. */
  readonly claims?: ClaimTerms;
}

export interface ClaimTerms {
  readonly challengeWindow: number;
  readonly awardTerm: number;
  readonly appealWindow: number;
  readonly appealTerm: number;
  readonly bond: bigint;
  readonly limit: bigint;
  readonly openPerPair: number;
}

const VIEWS = new Interface([
  "function WITHDRAWAL_NOTICE() view returns (uint32)",
  "function WITHDRAWAL_WINDOW() view returns (uint32)",
  "function decimals() view returns (uint8)",
  "function terms() view returns (tuple(uint32 challengeWindow, uint32 awardTerm, uint32 appealWindow, uint32 appealTerm, uint64 bond, uint64 limit, uint8 openPerPair))",
]);

/** Reads the terms from nodes, which must agree. Where there are none, or they cannot tell, there is a finding. */
export async function readTerms(
  nodes: readonly ChainNode[],
  site: Site,
  block: number,
  findings: Findings,
): Promise<AuditTerms | undefined> {
  const ask = async (to: string, name: string): Promise<Result> => {
    const answer = await callAll(nodes, to, VIEWS.encodeFunctionData(name), block);
    return VIEWS.decodeFunctionResult(name, answer);
  };
  const number = async (to: string, name: string): Promise<number> => Number((await ask(to, name))[0]);
  try {
    if (nodes.length === 0) throw new ConsortiaError("NodeMissing", "No node was named to ask for them.");
    const claims = site.claims === undefined ? undefined : ((await ask(site.claims, "terms"))[0] as Result);
    const time = (name: string): number => Number(claims?.[name]);
    return {
      withdrawalNotice: await number(site.ledger, "WITHDRAWAL_NOTICE"),
      withdrawalWindow: await number(site.ledger, "WITHDRAWAL_WINDOW"),
      assetDecimals: await number(site.asset, "decimals"),
      ...(claims === undefined
        ? {}
        : {
            claims: {
              ...{ challengeWindow: time("challengeWindow"), awardTerm: time("awardTerm") },
              ...{ appealWindow: time("appealWindow"), appealTerm: time("appealTerm") },
              ...{ bond: claims["bond"] as bigint, limit: claims["limit"] as bigint },
              openPerPair: time("openPerPair"),
            },
          }),
    };
  } catch (error) {
    if (!isConsortiaError(error)) throw error;
    const message = `The charter's terms are unknown. ${error.message}`;
    findings.add("TermsUnknown", message, { found: error.code });
    return undefined;
  }
}
