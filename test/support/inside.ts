import { runCli } from "../../src/cli/program.ts";
import type { Ended, Printed } from "./cli.ts";

/** Runs a command line inside this process, in a folder and an environment of its own: no process to wait for. */
export async function runInside(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const [cwd, before] = [process.cwd(), process.env];
  const writes = { stdout: process.stdout.write, stderr: process.stderr.write };
  const said = { stdout: "", stderr: "" };
  const hear = (stream: "stdout" | "stderr") => (chunk: string | Uint8Array) => {
    said[stream] += String(chunk);
    return true;
  };
  process.chdir(folder);
  process.env = { ...before, NO_COLOR: "1", ...env };
  process.stdout.write = hear("stdout");
  process.stderr.write = hear("stderr");
  try {
    const code = await runCli(args);
    return { code, ...said, json: parse(said.stdout) };
  } finally {
    Object.assign(process.stdout, { write: writes.stdout });
    Object.assign(process.stderr, { write: writes.stderr });
    process.chdir(cwd);
    process.env = before;
  }
}

function parse(text: string): Printed | undefined {
  try {
    return JSON.parse(text) as Printed;
  } catch {
    return undefined;
  }
}
