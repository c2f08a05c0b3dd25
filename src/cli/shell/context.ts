import type { JsonRpcProvider } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import { isil, memberId, type MemberId } from "../../core/ids.ts";
import { actAs, openConsortium, type Consortium } from "../../sdk/consortium.ts";
import { findMember } from "../../sdk/members.ts";
import { connect } from "../network/provider.ts";
import { deploymentPath, readDeployment, type NamedDeployment } from "./deployment.ts";
import { unlockKey } from "./keystore.ts";
import { progressBar } from "./progress.ts";

/** The options that every command takes. */
export interface Settings {
  readonly json?: boolean;
  readonly rpc?: string;
  readonly deployment?: string;
  readonly keystore?: string;
}

/** What a command may reach: the chain, a consortium on it, a key. Each is opened when it is asked for. */
export interface Context {
  readonly settings: Settings;
  provider(): Promise<JsonRpcProvider>;
  /** The consortium for reading, with what its deployment file says. */
  reader(): Promise<{ consortium: Consortium; about: NamedDeployment }>;
  /** The consortium as the given key sees it. */
  writer(): Promise<Consortium>;
  /** The consortium as a relayer's key sees it. */
  relayer(keystore: string | undefined): Promise<Consortium>;
  progress(title: string): (done: number, total: number) => void;
  close(): void;
}

export const DEFAULT_RPC = "http://127.0.0.1:8545";

export function createContext(settings: Settings): Context {
  let opened: Promise<JsonRpcProvider> | undefined;
  const provider = () => (opened ??= connect(rpcUrl(settings)));

  async function reader() {
    const node = await provider();
    const { chainId } = await node.getNetwork();
    const about = await readDeployment(settings.deployment ?? deploymentPath(chainId));
    return { consortium: await openConsortium(about, node), about };
  }
  async function seenBy(variable: string, keystore: string | undefined): Promise<Consortium> {
    const key = await unlockKey({ keystore, variable });
    const { consortium } = await reader();
    return actAs(consortium, key.connect(consortium.provider));
  }
  return {
    settings,
    provider,
    reader,
    writer: () => seenBy("CONSORTIA_KEY", settings.keystore),
    relayer: (keystore) => seenBy("CONSORTIA_RELAYER_KEY", keystore),
    progress: (title) => progressBar(title, settings.json === true),
    close: () => void opened?.then((node) => node.destroy()).catch(() => {}),
  };
}

/** @throws `UrlInvalid` */
function rpcUrl({ rpc }: Settings): string {
  const url = rpc ?? process.env.CONSORTIA_RPC_URL ?? DEFAULT_RPC;
  if (URL.canParse(url) && /^https?:/.test(url)) return url;
  throw new ConsortiaError("UrlInvalid", "The node's address is no URL. Write it as http://127.0.0.1:8545.");
}

/** A member by number, ISIL, `commons` or `relief`. @throws `MemberUnknown` */
export async function memberNamed(consortium: Consortium, text: string): Promise<MemberId> {
  if (/^\d+$/.test(text)) return memberId(Number(text));
  const reserved = ["commons", "relief"].indexOf(text.toLowerCase());
  if (reserved >= 0) return memberId(reserved + 1);
  const found = await findMember(consortium, isil(text));
  if (found !== undefined) return found;
  throw new ConsortiaError(
    "MemberUnknown",
    `No admitted member has the ISIL ${text}. Applicants are named by their number; see "consortia member list".`,
    { values: { isil: text } },
  );
}
