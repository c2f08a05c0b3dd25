import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import { type InboxOptions, readInbox } from "../../../src/records/inbox.ts";

describe("readInbox", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "inbox-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);
  /** Each file's name with its content, or with the code of what is wrong with it. */
  async function read(options: InboxOptions = {}, paths = [folder]): Promise<[string, unknown][]> {
    const found: [string, unknown][] = [];
    for await (const { file, ...one } of readInbox(paths, options)) {
      found.push([
        file.slice(file.lastIndexOf("/") + 1),
        one.error === undefined ? one.content : one.error.code,
      ]);
    }
    return found;
  }

  it("reads JSON below a folder in the order of names, and leaves other files alone", async () => {
    mkdirSync(join(folder, "3-4"));
    write("3-4/3-2.json", "[2]");
    write("1.json", '"one"');
    write("README.txt", "not for programs");
    expect(await read()).to.deep.equal([
      ["1.json", "one"],
      ["3-2.json", [2]],
    ]);
  });

  it("reads a file that is named, whatever its name", async () => {
    write("statement.txt", "{}");
    expect(await read({}, [join(folder, "statement.txt")])).to.deep.equal([["statement.txt", {}]]);
  });

  const bad: [string, string, string | Buffer][] = [
    ["an empty file", "FileNotJson", ""],
    ["half a file", "FileNotJson", '{"version":1,"rec'],
    ["XML", "FileNotJson", "<ISO18626Message/>"],
    ["a million open brackets", "FileNotJson", "[".repeat(1_000_000)],
    ["bytes that are no text", "FileUnreadable", Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ];
  for (const [what, code, text] of bad) {
    it(`names ${what} and reads on`, async () => {
      write("1.json", text);
      write("2.json", "2");
      expect(await read()).to.deep.equal([
        ["1.json", code],
        ["2.json", 2],
      ]);
    });
  }

  it("refuses a large file unread, at one byte more than is allowed", async () => {
    write("1.json", `"${"x".repeat(998)}"`);
    write("2.json", `"${"x".repeat(999)}"`);
    expect((await read({ maxBytes: 1000 })).map(([, content]) => content)).to.deep.equal([
      "x".repeat(998),
      "FileTooLarge",
    ]);
  });

  it("reads no more files than it is told to, and says so", async () => {
    for (const name of ["1", "2", "3"]) write(`${name}.json`, name);
    expect(await read({ maxFiles: 2 })).to.deep.equal([
      ["1.json", 1],
      ["2.json", 2],
      ["3.json", "InboxTooFull"],
    ]);
  });

  it("follows no link to a file, a folder or nowhere", async () => {
    mkdirSync(join(folder, "in"));
    write("secret.json", '"secret"');
    symlinkSync(join(folder, "secret.json"), join(folder, "in", "1.json"));
    symlinkSync(folder, join(folder, "in", "2.json"));
    symlinkSync("nowhere", join(folder, "in", "3.json"));
    symlinkSync(folder, join(folder, "in", "all"));
    const found = await read({}, [join(folder, "in")]);
    expect(found.map(([, code]) => code)).to.deep.equal(["FileIsLink", "FileIsLink", "FileIsLink"]);
  });

  it("follows the link that was named itself: whoever names it knows it", async () => {
    mkdirSync(join(folder, "mount"));
    write("mount/1.json", "1");
    symlinkSync(join(folder, "mount"), join(folder, "inbox"));
    expect(await read({}, [join(folder, "inbox")])).to.deep.equal([["1.json", 1]]);
  });

  it("waits at no pipe and reads no folder that is named like a file", async () => {
    execFileSync("mkfifo", [join(folder, "pipe.json")]);
    mkdirSync(join(folder, "folder.json"));
    expect(await read()).to.deep.equal([["pipe.json", "FileNotPlain"]]);
    expect(await read({}, [join(folder, "pipe.json")])).to.deep.equal([["pipe.json", "FileNotPlain"]]);
  });

  it("goes no deeper than folders of folders", async () => {
    mkdirSync(join(folder, "a/b/c/d"), { recursive: true });
    write("a/b/c/1.json", "1");
    write("a/b/c/d/2.json", "2");
    expect(await read()).to.deep.equal([
      ["1.json", 1],
      ["d", "FolderTooDeep"],
    ]);
  });

  it("says that what was named is not there", async () => {
    const error: unknown = await read({}, [join(folder, "gone")]).catch((reason: unknown) => reason);
    expect(isConsortiaError(error, "InboxUnreadable")).to.equal(true);
  });
});
