import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

export interface ServerProcess {
  /** Where it listens, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a server in a process of its own, so that a test meets real sockets. The script listens on loopback on a free port
 * and prints `{"port": …}` or the port alone as its first line; it ends with the test even where `stop` is forgotten, since
 * its standard input closes.
 * @param script path of a TypeScript file
 */
export async function startServer(script: string, args: readonly string[] = []): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["--import", tsx, script, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  try {
    return { url: `http://127.0.0.1:${await portOf(child, script)}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The port that the first line of standard output names. */
async function portOf(child: ChildProcess, script: string): Promise<number> {
  let said = "";
  return new Promise((resolve, reject) => {
    const fail = () => {
      clearTimeout(timer);
      reject(new Error(`${script} named no port; it said: ${said.slice(0, 200)}`));
    };
    const timer = setTimeout(fail, 60_000);
    child.once("exit", fail);
    child.once("error", fail);
    child.stdout?.on("data", (piece: Buffer) => {
      said += piece.toString();
      const port = /^(?:\{"port":\s*)?(\d{1,5})\}?\r?\n/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}
