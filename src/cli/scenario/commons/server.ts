import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ConsortiaError } from "../../../core/error.ts";

/** A server in a process of its own. */
interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

const SCRIPT = join(import.meta.dirname, "serve.ts");

/**
 * Does something while servers give the recorded answers of files as of a day, such as `2026-10-10`, each from a process of
 * its own.
 * @param act is given a server's address by its file of answers
 * @throws `ServerFailed` where one does not come up; what `act` throws
 */
export async function whileServing<T>(
  files: readonly string[],
  day: string,
  act: (urlOf: (file: string) => string) => Promise<T>,
): Promise<T> {
  const started = await Promise.allSettled(files.map((file) => start(file, day)));
  const servers = new Map(
    started.flatMap((one, at) => (one.status === "fulfilled" ? [[files[at] ?? "", one.value] as const] : [])),
  );
  try {
    return await act((file) => {
      const server = servers.get(file);
      if (server !== undefined) return server.url;
      throw new ConsortiaError(
        "ServerFailed",
        `The server of ${file} did not start. Run the scenario again.`,
      );
    });
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

async function start(file: string, day: string): Promise<Server> {
  const child = spawn(process.execPath, ["--import", "tsx", SCRIPT, file, day], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const [port] = (await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    ended.then(() => {
      throw new Error(`the server of ${file} ended`);
    }),
  ])) as [string];
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
