import { findCycle, graph, importsOf, type Files, type Import } from "./imports.ts";

/** What a folder under src may import. `anything` stands for every package and for Node itself. */
interface Room {
  readonly folders: readonly string[];
  readonly packages: readonly string[] | "anything";
}

const service: Room = { folders: ["sdk", "chain", "core", "records", "connectors"], packages: "anything" };

/** The house, from the ground up; every folder may import from itself. */
export const rooms: Readonly<Record<string, Room>> = {
  core: { folders: [], packages: ["hash-wasm"] },
  chain: { folders: ["core"], packages: ["ethers"] },
  sdk: { folders: ["chain", "core"], packages: ["ethers"] },
  connectors: {
    folders: ["core"],
    packages: ["fast-xml-parser", "saxes", "@streamparser/json", "csv-parse"],
  },
  documents: { folders: ["core"], packages: "anything" },
  records: { folders: ["core"], packages: ["node:", "pg", "@electric-sql/pglite"] },
  auditor: { folders: ["chain", "core", "records"], packages: "anything" },
  keeper: service,
  gateway: service,
  indexer: service,
  cli: {
    folders: [...service.folders, "documents", "auditor", "keeper", "gateway", "indexer"],
    packages: "anything",
  },
  web: { folders: [...service.folders, "auditor", "keeper", "gateway", "indexer"], packages: "anything" },
};

/** The folder under src that a file lives in, or undefined elsewhere. */
const roomOf = (path: string | undefined) => /^src\/([^/]+)\//.exec(path ?? "")?.[1];

const tell = ({ from, specifier }: Import) => `${from} imports ${specifier}`;

/** Imports of one folder that its row in the table does not allow. */
export function strayImports(files: Files, folder: string): string[] {
  const room = rooms[folder];
  if (room === undefined) return [`src/${folder} has no row in the table of rooms`];
  const allowed = (one: Import) => {
    if (one.package !== undefined) return packageAllowed(room, one.package);
    const to = roomOf(one.file);
    return to === undefined || to === folder || room.folders.includes(to);
  };
  return importsOf(files)
    .filter((one) => roomOf(one.from) === folder && !allowed(one))
    .map(tell);
}

const packageAllowed = ({ packages }: Room, name: string) =>
  packages === "anything" ||
  packages.some((one) => (one.endsWith(":") ? name.startsWith(one) : name === one));

/** Folders under src that the table of rooms does not know. */
export const unknownRooms = (files: Files): string[] =>
  [
    ...new Set([...files.keys()].map(roomOf).filter((room) => room !== undefined && !(room in rooms))),
  ] as string[];

/** Files outside cli and web, tests and scripts that import a composition. */
export const importedCompositions = (files: Files): string[] =>
  importsOf(files)
    .filter(({ from, file }) => {
      const to = roomOf(file);
      return (to === "cli" || to === "web") && roomOf(from) !== to && !/^(scripts|test)\//.test(from);
    })
    .map(tell);

/** Source that reaches into what is built on it. */
export const sourceReachingOut = (files: Files): string[] =>
  importsOf(files)
    .filter(({ from, file }) => from.startsWith("src/") && /^(scripts|test|bench)\//.test(file ?? ""))
    .map(tell);

/** Deployment modules that import anything of src but its core. */
export const strayDeployImports = (files: Files): string[] =>
  importsOf(files)
    .filter(
      ({ from, file }) => from.startsWith("deploy/") && file?.startsWith("src/") && roomOf(file) !== "core",
    )
    .map(tell);

/** The house's own tools, which run before anything is compiled, must not lean on what they check. */
export const strayToolImports = (files: Files): string[] =>
  importsOf(files)
    .filter(({ from, file }) => from.startsWith("scripts/tools/") && file?.startsWith("src/"))
    .map(tell);

const thin = 60;
const thick = ["scripts/launch.mjs", "scripts/test.ts", "scripts/check.ts"];

/** Entry points that have grown rules of their own. */
export const thickScripts = (files: Files): string[] =>
  [...files]
    .filter(([path]) => /^scripts\/[^/]+$/.test(path) && !thick.includes(path))
    .map(([path, text]) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ lines }) => lines > thin)
    .map(({ path, lines }) => `${path} has ${String(lines)} lines`);

/** Files that point outside the repository, where nobody else can follow. */
export const outsidePaths = (files: Files): string[] =>
  [...files]
    .filter(([path, text]) => !/^(test|\.ci)\//.test(path) && text.includes("../shared"))
    .map(([path]) => path);

export function folderCycle(files: Files): string | undefined {
  const pairs = importsOf(files).map(({ from, file }) => [roomOf(from), roomOf(file)] as const);
  return findCycle(graph(pairs.filter((pair): pair is [string, string] => !pair.includes(undefined))));
}

export function fileCycle(files: Files): string | undefined {
  return findCycle(graph(importsOf(files).map(({ from, file }) => [from, file ?? from] as const)));
}
