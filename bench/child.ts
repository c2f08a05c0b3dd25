import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/**
 * Runs a script of the bench to its end, in a process of its own, so that its memory is its own.
 * @param progress told what it says on standard error
 * @returns what it wrote
 */
export async function runChild(
  script: URL,
  args: readonly string[],
  progress: (line: string) => void,
): Promise<string> {
  const path = fileURLToPath(script);
  const started = spawn(process.execPath, [...process.execArgv, path, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = (): void => void started.kill();
  process.once("exit", stop);
  let said = "";
  started.stderr.setEncoding("utf8").on("data", (lines: string) => {
    said = lines.trim();
    progress(said);
  });
  const [output] = await Promise.all([text(started.stdout), once(started, "exit")]);
  process.off("exit", stop);
  if (started.exitCode !== 0) throw new Error(`${path} broke off: ${said}`);
  return output;
}
