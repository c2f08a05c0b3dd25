import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { HDNodeWallet, Mnemonic, type JsonRpcProvider } from "ethers";
import { startAnvil } from "./anvil.ts";
import { connect } from "./provider.ts";

/** Everybody knows this phrase. Its keys hold play money on this machine and must never hold anything else. */
export const DEV_MNEMONIC = "test test test test test test test test test test test junk";
export const EMBEDDED_CHAIN_ID = 31_337n;

export interface ChainOptions {
  /** The first block's time, seconds since 1970; now by default. Kept state brings its own. */
  readonly timestamp?: number;
  /** Where the chain is kept from one start to the next; in memory only by default. */
  readonly stateDir?: string;
  /** A free one by default. */
  readonly port?: number;
  /** How many accounts have coins for gas; 20 by default. */
  readonly accounts?: number;
  /** Seconds between blocks; a block for every transaction by default. */
  readonly blockTime?: number;
}

/** A chain inside this process's reach, with a clock that can be moved. */
export interface EmbeddedChain {
  readonly url: string;
  readonly chainId: bigint;
  readonly provider: JsonRpcProvider;
  /** Funded keys, connected to the provider; the first is the deployer by custom. */
  readonly accounts: readonly HDNodeWallet[];
  /** Resolves when the node has ended, whoever ended it. */
  readonly ended: Promise<number | null>;
  /** The latest block's second. */
  now(): Promise<number>;
  /** Moves the clock to a second that lies ahead and mines a block in it. */
  setTime(seconds: number): Promise<void>;
  /** Gives an address coins for gas. */
  fund(address: string, wei?: bigint): Promise<void>;
  /** Writes the state, where it is kept, and ends the node. */
  stop(): Promise<void>;
}

const HUNDRED_COINS = 100n * 10n ** 18n;

/** Starts a chain on 127.0.0.1 that mines every transaction at once. @throws as {@link startAnvil} */
export async function startEmbeddedChain(options: ChainOptions = {}): Promise<EmbeddedChain> {
  const count = options.accounts ?? 20;
  const args = ["--port", String(options.port ?? 0), "--accounts", String(count), "--hardfork", "prague"];
  args.push("--mnemonic", DEV_MNEMONIC, "--chain-id", String(EMBEDDED_CHAIN_ID));
  if (options.timestamp !== undefined) args.push("--timestamp", String(options.timestamp));
  if (options.blockTime !== undefined) args.push("--block-time", String(options.blockTime));
  if (options.stateDir !== undefined) {
    await mkdir(options.stateDir, { recursive: true });
    // Written every few seconds too, for whoever pulls the plug.
    args.push("--state", join(options.stateDir, "state.json"), "--state-interval", "10");
  }
  const anvil = await startAnvil(args);
  const url = `http://127.0.0.1:${anvil.port}`;
  const provider = await connect(url);

  async function stop(): Promise<void> {
    provider.destroy();
    await anvil.stop();
  }

  async function now(): Promise<number> {
    return (await provider.getBlock("latest"))?.timestamp ?? 0;
  }

  async function setTime(seconds: number): Promise<void> {
    await provider.send("evm_setNextBlockTimestamp", [seconds]);
    await provider.send("evm_mine", []);
  }

  async function fund(address: string, wei: bigint = HUNDRED_COINS): Promise<void> {
    await provider.send("anvil_setBalance", [address, `0x${wei.toString(16)}`]);
  }

  // A chain that is kept goes on in its own time, whatever the machine's clock says by now.
  const block = await provider.getBlock("latest");
  if (block !== null && block.number > 0) await provider.send("evm_setTime", [block.timestamp + 1]);
  const accounts = devKeys(count).map((key) => key.connect(provider));
  const { ended } = anvil;
  return { url, chainId: EMBEDDED_CHAIN_ID, provider, accounts, ended, now, setTime, fund, stop };
}

/** The first keys of the phrase that everybody knows. */
export function devKeys(count: number): HDNodeWallet[] {
  const root = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(DEV_MNEMONIC), "m/44'/60'/0'/0");
  return Array.from({ length: count }, (_, index) => root.deriveChild(index));
}
