import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { addMonths, periodStart } from "../../src/core/period.ts";
import type { DelegateId } from "../../src/core/ids.ts";
import { delegateId } from "../../src/core/ids.ts";
import { sendVoiceSyncAll } from "../../src/sdk/voice.ts";
import type { Printed } from "./cli.ts";
import { runInside } from "./inside.ts";
import { createNetwork, NETWORK_OCTOBER, type NetworkMember } from "./network.ts";

const DAY = 86_400;

/** Somebody who sits from the foundation on. */
export interface Founder {
  readonly delegate: DelegateId;
  readonly key: HDNodeWallet;
}

/**
 * Members with a voice and founders with seats on a real node, in mid-January 2027; all their files in one folder, as
 * the command line keeps them.
 */
export async function createHoused({ members: count = 4, council = 3, board = 3 } = {}) {
  const network = await createNetwork({ council, board });
  const { chain, deployment } = network;
  const folder = await mkdtemp(join(tmpdir(), "consortia-housed-"));
  const plain = { ...deployment, chainId: Number(deployment.chainId) };
  await writeFile(join(folder, "deployment.json"), JSON.stringify(plain));
  const members: NetworkMember[] = [];
  for (let n = 0; n < count; n++) members.push(await network.createMember());
  await chain.setTime(periodStart(addMonths(NETWORK_OCTOBER, 3)) + 15 * DAY);
  await sendVoiceSyncAll(
    network.admin,
    members.map(({ id }) => id),
  );
  await chain.setTime((await chain.now()) + 60);
  // Founders are numbered as they are seated, the Council's first.
  const numbered = [...network.founders.council, ...network.founders.board].map((key, index): Founder => ({
    key,
    delegate: delegateId(index + 1),
  }));

  /** Runs a command with somebody's key, or the deployer's; fails the test where it does not end with `code`. */
  async function run(
    words: string,
    by: { readonly key: HDNodeWallet } = { key: chain.accounts[0]! },
    code = 0,
  ): Promise<Printed> {
    const env = { CONSORTIA_RPC_URL: chain.url, CONSORTIA_KEY: by.key.privateKey };
    const args = [...words.split(" "), "--deployment", "deployment.json", "--json"];
    const ended = await runInside(folder, args, env);
    expect(ended.code, `${words}\n${ended.stdout}${ended.stderr}`).to.equal(code);
    expect(ended.json, `${words} prints one JSON object`).to.be.an("object");
    return ended.json ?? {};
  }

  /** The code with which a command is refused. */
  async function refused(words: string, by?: { readonly key: HDNodeWallet }, code = 1): Promise<string> {
    return String((await run(words, by, code))["error"].code);
  }

  return {
    ...{ network, folder, members, run, refused },
    founders: { council: numbered.slice(0, council), board: numbered.slice(council) },
    wait: async (days: number) => chain.setTime((await chain.now()) + days * DAY + 1),
    write: (name: string, text: string) => writeFile(join(folder, name), text),
    /** Changes a JSON file as somebody might who holds it. */
    change: async (name: string, changes: Record<string, unknown>) => {
      const source = JSON.parse(await readFile(join(folder, name), "utf8")) as Record<string, unknown>;
      await writeFile(join(folder, name), JSON.stringify({ ...source, ...changes }));
    },
    close: async () => {
      await chain.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Housed = Awaited<ReturnType<typeof createHoused>>;
