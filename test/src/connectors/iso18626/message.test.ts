import { expect } from "chai";
import fc from "fast-check";
import { validateXML } from "xmllint-wasm";
import { parseMessage, writeMessage, MESSAGE_KINDS } from "../../../../src/connectors/iso18626/message.ts";
import { exampleMonth } from "../../../../examples/generator/month.ts";
import { anyMessage } from "./arbitrary.ts";
import { needs, sharedFiles } from "../../../support/shared-files.ts";
import { act, ask, say } from "./support.ts";

const EDITIONS = ["1.2", "2021-2"] as const;

describe("parseMessage and writeMessage", () => {
  for (const edition of EDITIONS) {
    it(`read back what they write, edition ${edition}`, () => {
      fc.assert(
        fc.property(anyMessage(edition), (message) => {
          expect(parseMessage(writeMessage(message))).to.deep.equal(message);
        }),
        { numRuns: 300 },
      );
    });
  }

  it("write the same message the same way, whatever order its fields were given in", () => {
    const message = ask(1, "Loan");
    const turned = {
      ...message,
      body: Object.fromEntries(Object.entries(message.body).reverse()),
    } as typeof message;
    expect(writeMessage(turned)).to.equal(writeMessage(message));
  });

  it("take a bare root as v1.2", () => {
    const bare = writeMessage(act(1, "Received"))
      .replace(/<ISO18626Message[^>]*>/, "")
      .replace("</ISO18626Message>", "");
    expect(parseMessage(bare)).to.deep.equal(act(1, "Received"));
  });

  it("do not write readers' data that is smuggled into the object", () => {
    const message = ask(1, "Loan");
    Object.assign(message.body, { patronInfo: { surname: "Underhay" }, note: "Underhay" });
    expect(writeMessage(message)).not.to.include("Underhay");
  });

  it("keep a version from leaving its attribute", () => {
    const message = { ...say(1, "Loaned"), version: '1.2" evil="1' };
    expect(writeMessage(message)).not.to.include("evil=");
  });
});

describe("written messages", () => {
  const schema = sharedFiles("iso18626-xsd")?.[0]?.content;
  before(needs(schema, "iso18626-xsd"));

  async function validate(messages: readonly string[]): Promise<void> {
    const xml = messages.map((contents, index) => ({ fileName: `message-${index}.xml`, contents }));
    const { valid, errors } = await validateXML({ xml, schema: [schema ?? ""] });
    expect(
      valid,
      errors.map(
        ({ message, loc }) => `${message} ${messages[Number(/\d+/.exec(loc?.fileName ?? "")?.[0])]}`,
      )[0],
    ).to.equal(true);
  }

  it("are valid against the schema of v1.2, every kind", async function () {
    this.timeout(30_000);
    const messages = fc.sample(anyMessage("1.2"), { numRuns: 150, seed: 18626 });
    expect(new Set(messages.map(({ kind }) => kind)).size).to.equal(MESSAGE_KINDS.length);
    await validate(messages.map(writeMessage));
  });

  it("are valid in the example month too, but for services the standard does not know", async function () {
    this.timeout(30_000);
    const old = exampleMonth()
      .files.map(({ content }) => content)
      .filter(
        (xml) => xml.includes('ill:version="1.2"') && !/LocationsRequest|CostEstimate|<patronInfo>/.test(xml),
      );
    await validate(old.filter((_, index) => index % 3 === 0));
  });
});
