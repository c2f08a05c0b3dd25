import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ConsortiaError } from "../../core/error.ts";

const LISTENING = /Listening on 127\.0\.0\.1:(\d+)/;
const START_MS = 30_000;
const STOP_MS = 15_000;

/** A running node that nobody beyond this machine can reach. */
export interface Anvil {
  readonly port: number;
  /** Resolves when the node has ended, to the code it ended with. */
  readonly ended: Promise<number | null>;
  /** Asks the node to write its state and end, and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts anvil on 127.0.0.1 and waits until it listens. It runs in a group of its own, so that a terminal's
 * Ctrl-C reaches this process alone, which then ends the node with its state written.
 * @throws `ChainUnavailable` where the machine has no binary, `ChainNotStarted` where it ends at once
 */
export async function startAnvil(args: readonly string[]): Promise<Anvil> {
  const child = spawn(binary(), ["--host", "127.0.0.1", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
  const port = await listening(child);
  const kill = () => child.kill("SIGTERM");
  process.once("exit", kill);
  void ended.then(() => process.off("exit", kill));
  // Nobody reads the log, but a full pipe would stop the node.
  child.stdout.resume();
  child.stderr.resume();

  async function stop(): Promise<void> {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(timer);
  }
  return { port, ended, stop };
}

function listening(child: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    let said = "";
    const give = (reason: string, cause?: unknown) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      const message = `The embedded chain did not start: ${reason}. Is the port taken, or the state damaged?`;
      fail(new ConsortiaError("ChainNotStarted", message, { cause, values: { said: said.slice(-2_000) } }));
    };
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const port = LISTENING.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      child.stdout?.off("data", hear);
      child.stderr?.off("data", hear);
      child.off("close", closed);
      done(Number(port));
    };
    const closed = () => give(said.trim().split("\n").at(-1) ?? "it ended at once");
    const timer = setTimeout(() => give(`it did not listen within ${START_MS / 1000} seconds`), START_MS);
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("error", (error) => give(error.message, error));
    child.once("close", closed);
  });
}

/** The native program that npm installed for this machine: past the package's wrapper, which loses signals. */
function binary(): string {
  const require = createRequire(import.meta.url);
  const cpu = process.arch === "x64" ? "amd64" : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${cpu}/package.json`;
  try {
    const nested = createRequire(require.resolve("@foundry-rs/anvil/package.json"));
    return join(dirname(nested.resolve(name)), "bin", process.platform === "win32" ? "anvil.exe" : "anvil");
  } catch (cause) {
    throw new ConsortiaError(
      "ChainUnavailable",
      `There is no embedded chain for ${process.platform} on ${process.arch}. Run npm ci under Node 22, or name another node in CONSORTIA_RPC_URL.`,
      { cause },
    );
  }
}
