/**
 * Runs one of the project's TypeScript entry points on a machine that may have nothing but Node 20 and npm.
 *
 *     node scripts/launch.mjs [--no-build] <script.ts> [arguments …]
 *
 * Three steps, each skipped when its stamp says that nothing has changed: install what package-lock.json
 * names, compile the contracts, run the script under the Node that package.json pins. Only the script writes
 * to standard output. This file is plain JavaScript without dependencies, since it runs before there are any.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const installStamp = join(modules, ".consortia-install");
const buildStamp = join(root, "artifacts", ".consortia-build");
const lockFile = join(root, ".consortia", "launch.lock");

const windows = process.platform === "win32";
const pinnedNode = windows ? join(modules, "node", "bin", "node.exe") : join(modules, ".bin", "node");
const hardhat = join(modules, "hardhat", "dist", "src", "cli.js");
const tsx = join(modules, "tsx", "dist", "loader.mjs");

/** Hardhat asks about telemetry when it meets a terminal; a script that may be piped must not be asked. */
process.env.HARDHAT_DISABLE_TELEMETRY ??= "true";

const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");
const say = (text) => process.stderr.write(`consortia: ${text}\n`);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class Failure extends Error {}

// Installing ---------------------------------------------------------------------------------------------

/** What an installation must match: the lockfile, and the machine its native packages were chosen for. */
function installHash() {
  const machine = `${process.platform} ${process.arch}`;
  return createHash("sha256")
    .update(machine)
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/** True where `npm ci` by hand, under a Node that fits, has already put every locked package in place. */
function installedByHand() {
  const installed = read(join(modules, ".package-lock.json"));
  if (installed === "" || !existsSync(pinnedNode) || !existsSync(tsx)) return false;
  const found = JSON.parse(installed).packages;
  const wanted = JSON.parse(read(join(root, "package-lock.json"))).packages;
  const inPlace = Object.entries(wanted).every(
    ([path, locked]) =>
      path === "" || (found[path] ? found[path].version === locked.version : locked.optional),
  );
  // Under an old Node npm leaves out the native packages without a word, so load the two that matter.
  const probe = 'require("@nomicfoundation/edr"); require("esbuild").transformSync("")';
  return inPlace && spawnSync(pinnedNode, ["-e", probe], { cwd: root, stdio: "ignore" }).status === 0;
}

async function install() {
  const hash = installHash();
  if (read(installStamp) === hash) return;
  await exclusively(async () => {
    if (read(installStamp) === hash) return;
    if (!installedByHand()) {
      const version = JSON.parse(read(join(root, "package.json"))).devDependencies.node;
      const command = "npm ci --include=dev --include=optional";
      say(`installing dependencies under Node ${version} (once; takes a minute or two)`);
      // Removed first: an installation that is killed half-way must not pass for a finished one.
      rmSync(installStamp, { force: true });
      await run("npx", ["-y", "-p", `node@${version}`, "-c", windows ? `"${command}"` : command], {
        shell: windows,
        failure: "Installing the dependencies failed; npm's message is above.",
      });
      if (!existsSync(pinnedNode)) throw new Failure(`npm ci ended without providing ${pinnedNode}`);
    }
    writeFileSync(installStamp, hash);
  });
}

// Building -----------------------------------------------------------------------------------------------

const walk = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
          const path = join(folder, entry.name);
          return entry.isDirectory() ? walk(path) : [path];
        })
    : [];

const sources = () => walk(join(root, "contracts")).filter((path) => path.endsWith(".sol"));

function buildHash() {
  const hash = createHash("sha256");
  for (const path of [...sources(), join(root, "hardhat.config.ts"), join(root, "package-lock.json")]) {
    const content = readFileSync(path);
    hash.update(`${path.slice(root.length)} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

async function build() {
  if (sources().length === 0) return;
  const upToDate = (hash) =>
    read(buildStamp) === hash && existsSync(join(root, "src", "chain", "types", "index.ts"));
  if (upToDate(buildHash())) return;
  await exclusively(async () => {
    const hash = buildHash();
    if (upToDate(hash)) return;
    say("compiling the contracts");
    rmSync(buildStamp, { force: true });
    await run(pinnedNode, [hardhat, "build", "--no-tests"], {
      failure: "The contracts did not compile; the compiler's message is above.",
      quiet: true, // the compiler warns of libraries' lines, which a user can do nothing about
    });
    writeFileSync(buildStamp, hash);
  });
}

// One at a time ------------------------------------------------------------------------------------------

let holding = false;
const release = () => {
  if (holding) rmSync(lockFile, { force: true });
  holding = false;
};
process.on("exit", release);

/** The lock names every process that works under it; it is stale once none of them lives. */
function lockIsHeld() {
  try {
    const { mtimeMs } = statSync(lockFile);
    const pids = read(lockFile).split(" ").map(Number).filter(Boolean);
    const age = Date.now() - mtimeMs;
    return pids.length === 0 ? age < 5_000 : age < 30 * 60_000 && pids.some(lives);
  } catch {
    return false;
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

async function exclusively(work) {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (let waits = 0; !holding; waits++) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: "wx" });
      holding = true;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (!lockIsHeld()) {
        rmSync(lockFile, { force: true });
        await pause(Math.random() * 200); // two that saw the same stale lock must not both take it
      } else {
        if (waits === 0) say("waiting for another run to finish installing or compiling");
        await pause(300);
      }
    }
  }
  try {
    await work();
  } finally {
    release();
  }
}

// Processes ----------------------------------------------------------------------------------------------

/** Starts a program, passes on the signals that this process gets, and resolves to how it ended. */
function start(program, args, options) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, options);
    if (holding && child.pid) writeFileSync(lockFile, `${process.pid} ${child.pid}`);
    const passOn = (signal) => {
      // A terminal sends Ctrl-C to the whole group already; twice would look like impatience.
      if (!(signal === "SIGINT" && process.stdin.isTTY)) child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, passOn);
    child.on("error", fail);
    child.on("exit", (code, signal) => {
      for (const name of signals) process.off(name, passOn);
      done({ code, signal });
    });
  });
}

/** A preparatory step: no input, output to standard error (a quiet one's only where it fails), failure ends all. */
async function run(program, args, { failure, quiet = false, ...options }) {
  const log = join(root, "node_modules", ".consortia-step.log");
  const out = quiet ? openSync(log, "w") : 2;
  const { code, signal } = await start(program, args, { cwd: root, stdio: ["ignore", out, out], ...options });
  if (quiet) closeSync(out);
  if (signal) await endBy(signal);
  if (code === 0) return;
  if (quiet) process.stderr.write(read(log));
  throw new Failure(failure);
}

/** Ends as the child ended, so that a shell sees an interruption and not an error. */
async function endBy(signal) {
  release();
  process.kill(process.pid, signal);
  await pause(1_000);
}

async function main(args) {
  const [script, ...rest] = args.filter((arg, i) => i > 0 || arg !== "--no-build");
  if (script === undefined)
    throw new Failure("usage: node scripts/launch.mjs [--no-build] <script.ts> [arguments …]");
  await install();
  if (args[0] !== "--no-build") await build();
  const file = resolve(root, script);
  if (!existsSync(file)) throw new Failure(`there is no ${script}`);
  const ended = await start(pinnedNode, ["--import", pathToFileURL(tsx).href, file, ...rest], {
    stdio: "inherit",
  });
  if (ended.signal) await endBy(ended.signal);
  else process.exitCode = ended.code;
}

main(process.argv.slice(2)).catch((error) => {
  say(error instanceof Failure ? error.message : error.stack);
  process.exitCode = 1;
});
