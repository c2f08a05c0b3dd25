import type { Provider } from "ethers";
import { audit } from "../../auditor/audit.ts";
import { discover } from "../../auditor/chain/discover.ts";
import { lastBlock, readBlocks } from "../../auditor/chain/pages.ts";
import { nodeBehind, type Sender } from "../../auditor/chain/provider.ts";
import { contractsOf } from "../../auditor/site.ts";
import type { Consortium } from "../../sdk/consortium.ts";

/**
 * Audits the book through an open connection, without any bundle: the logs, the signatures in them and every view.
 * @returns a sentence for each thing that is wrong; none where nothing is
 */
export async function checkBook({ provider, deployment }: Consortium): Promise<string[]> {
  const nodes = [nodeBehind(senderOf(provider))];
  const site = await discover(nodes, deployment.ledger, { chainId: deployment.chainId });
  const toBlock = await lastBlock(nodes);
  const source = readBlocks({ nodes, addresses: contractsOf(site), fromBlock: site.fromBlock, toBlock });
  const last = await nodes[0]!.getBlock(toBlock);
  const { wrong, unverifiable } = await audit({ site, source, last, nodes });
  const findings = [...wrong, ...unverifiable.filter(({ code }) => code !== "BundleMissing")];
  return findings.map(({ code, message }) => `${code}: ${message}`);
}

function senderOf(provider: Provider): Sender {
  if ("send" in provider && typeof provider.send === "function") return provider as Provider & Sender;
  throw new TypeError("the provider takes no questions of its own");
}
