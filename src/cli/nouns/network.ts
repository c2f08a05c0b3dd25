import { resolve } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { isAddress } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import { addMonths, formatPeriod, type PeriodId } from "../../core/period.ts";
import { readPeriod } from "../../sdk/periods.ts";
import { startEmbeddedChain } from "../network/chain.ts";
import type { Founders } from "../network/founding.ts";
import { loadPreset } from "../network/preset.ts";
import { setRegime } from "../network/regime.ts";
import { joined } from "../network/services.ts";
import { command, does, moment, month, onEnd, whole } from "../shell/command.ts";
import { deploymentPath, writeDeployment } from "../shell/deployment.ts";
import { readJson } from "../shell/files.ts";
import { unlockKey } from "../shell/keystore.ts";
import { toJson } from "../shell/render.ts";

interface StartOptions {
  readonly port: number;
  readonly state?: string;
  readonly timestamp?: number;
  readonly blockTime?: number;
  readonly accounts: number;
}

interface DeployOptions {
  readonly preset: string;
  readonly journal?: string;
  readonly founders?: string;
}

export function addNetwork(program: Command): void {
  const noun = program.command("network").description("chains, and consortia on them");

  const start = command(
    noun,
    "start",
    "run a chain of one's own on this machine until Ctrl-C",
    "network start --state .consortia/chain --port 8545",
  )
    .option("--port <number>", "the port on 127.0.0.1; 0 takes a free one", whole(), 8545)
    .option("--state <folder>", "keep the chain in a folder; in memory only by default")
    .option("--timestamp <time>", "the first block's time", moment)
    .option("--block-time <seconds>", "a block every so often instead of one for every transaction", whole(1))
    .option("--accounts <number>", "how many keys get coins for gas", whole(1), 20);
  does(start, async ({ settings }, options: StartOptions) => {
    const { port, accounts, timestamp, blockTime, state } = options;
    const asked = new Promise<"asked">((done) => onEnd(() => done("asked")));
    const chain = await startEmbeddedChain({
      port,
      accounts,
      ...(timestamp === undefined ? {} : { timestamp }),
      ...(blockTime === undefined ? {} : { blockTime }),
      ...(state === undefined ? {} : { stateDir: resolve(state) }),
    });
    const ready = { url: chain.url, chainId: Number(chain.chainId), deployer: chain.accounts[0]?.address };
    if (settings.json === true) process.stdout.write(`${toJson(ready)}\n`);
    else process.stderr.write(`${greeting(chain.url, chain.accounts[0]?.privateKey)}\n`);
    if ((await Promise.race([asked, chain.ended])) !== "asked") {
      throw new ConsortiaError("ChainEnded", "The chain ended by itself. Start it again.", {
        retryable: true,
      });
    }
    await chain.stop();
    if (settings.json !== true) process.stderr.write("The chain has stopped.\n");
    return undefined;
  });

  const deploy = command(
    noun,
    "deploy",
    "put a consortium on a chain",
    "network deploy --preset default --keystore keys/board.json",
  )
    .option("--preset <name>", "a name in deploy/parameters, or a file", "default")
    .option("--founders <file>", 'who sits until the first elections: {"council":["0x…"],"board":["0x…"]}')
    .option("--journal <folder>", "where Ignition notes each step, to resume a broken deployment");
  does(deploy, async ({ provider, settings }, options: DeployOptions) => {
    const preset = await loadPreset(options.preset);
    const node = await provider();
    const signer = (await unlockKey({ ...settings, variable: "CONSORTIA_KEY" })).connect(node);
    const { deployConsortium } = await import("../network/deploy.ts");
    const founders = options.founders === undefined ? {} : { founders: await readFounders(options.founders) };
    const journal = options.journal === undefined ? {} : { journal: resolve(options.journal) };
    const deployment = await deployConsortium({ signer, preset, ...founders, ...journal });
    const path = settings.deployment ?? deploymentPath(deployment.chainId);
    const { name, currency, services } = preset;
    await writeDeployment(path, { ...deployment, name, currency, services });
    const data = { ...deployment, chainId: Number(deployment.chainId), file: path };
    return { data, title: `${name} is deployed.` };
  });

  addAdopt(noun);

  const show = command(noun, "show", "what lives where", "network show --json");
  does(show, async ({ reader }) => {
    const { consortium, about } = await reader();
    const { open, now, closeDue } = await readPeriod(consortium);
    const { services, chainId, ...rest } = about;
    const data = {
      ...{ ...rest, chainId: Number(chainId) },
      ...{ openMonth: formatPeriod(open), closeDue, time: new Date(now * 1000).toISOString() },
      services,
    };
    return { data };
  });

  const time = command(
    noun,
    "time",
    "move an embedded chain's clock ahead",
    "network time 2026-11-01",
  ).argument("<when>", "2026-11-01, or with T12:00:00Z, or seconds since 1970", moment);
  does(time, async ({ provider }, seconds: number) => {
    const node = await provider();
    await node.send("evm_setNextBlockTimestamp", [seconds]);
    await node.send("evm_mine", []);
    return { data: { time: new Date(seconds * 1000).toISOString() } };
  });
}

interface AdoptOptions {
  readonly preset: string;
  readonly from?: PeriodId;
  readonly attestor: Readonly<Record<string, string>>;
}

function addAdopt(noun: Command): void {
  const adopt = command(
    noun,
    "adopt",
    "put a preset's prices, reliefs, grants and attestors in force, where its services are numbered alike; can be repeated (scheduler, registrar, treasurer, authority)",
    "network adopt --preset calis --from 2027-01",
  )
    .option("--preset <name>", "a name in deploy/parameters, or a file", "default")
    .option("--from <month>", "the first month; the next by default", month)
    .option(
      "--attestor <name=key>",
      'who attests for the common good, such as "Expert committee=0x…"; again for another',
      attestor,
      {},
    );
  does(adopt, async ({ reader, writer, settings }, options: AdoptOptions) => {
    const consortium = await writer();
    const { about } = await reader();
    const preset = await loadPreset(options.preset);
    const services = joined(about.services, preset.services);
    const from = options.from ?? addMonths((await readPeriod(consortium)).open, 1);
    const { version, ...aid } = await setRegime(consortium, { preset, from, attestors: options.attestor });
    await writeDeployment(settings.deployment ?? deploymentPath(about.chainId), { ...about, services });
    const data = { version: Number(version), from: formatPeriod(from), ...aid };
    return { data, title: `What ${preset.name} says of money is in force from ${formatPeriod(from)} on.` };
  });
}

/** Reads another `name=key`. */
function attestor(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.lastIndexOf("=");
  const [name, key] = [text.slice(0, at), text.slice(at + 1)];
  if (at > 0 && isAddress(key)) return { ...before, [name]: key };
  throw new InvalidArgumentError('Write it as "Expert committee=0x…", with the key\'s address.');
}

/** @throws `FoundersInvalid`, `FileUnreadable`, `FileNotJson` */
async function readFounders(path: string): Promise<Founders> {
  const source = (await readJson(path)) as Readonly<Record<string, unknown>>;
  const keys = (body: "council" | "board"): string[] => {
    const list = source[body] ?? [];
    if (Array.isArray(list) && list.every((key): key is string => isAddress(key))) return list;
    const message = `${path} names no list of addresses as "${body}".`;
    throw new ConsortiaError("FoundersInvalid", message, { values: { path } });
  };
  return { council: keys("council"), board: keys("board") };
}

function greeting(url: string, key: string | undefined): string {
  return [
    `A chain runs at ${url}. Press Ctrl-C to end it.`,
    "Its keys are known to everybody: never send them anything of value. In another terminal:",
    "",
    `  export CONSORTIA_RPC_URL=${url}`,
    `  export CONSORTIA_KEY=${key ?? ""}`,
    "  npm run consortia -- network deploy",
  ].join("\n");
}
