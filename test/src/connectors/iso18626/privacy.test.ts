import { expect } from "chai";
import { foldExchanges } from "../../../../src/connectors/iso18626/fold/fold.ts";
import { parseMessage, writeMessage, type Message } from "../../../../src/connectors/iso18626/message.ts";
import { readXml } from "../../../../src/connectors/iso18626/xml.ts";
import type { XmlNode } from "../../../../src/connectors/xml/node.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { needs, sharedFiles } from "../../../support/shared-files.ts";
import { json } from "./support.ts";

/** Elements whose text concerns people, or opens doors. */
const PRIVATE = new Set([
  ..."patronInfo requestedDeliveryInfo requestingAgencyInfo requestingAgencyAuthentication address".split(
    " ",
  ),
  ..."physicalAddress note billingName sentToPatron errorValue thirdPartyName URL".split(" "),
]);

function texts(node: XmlNode, inside: boolean, found: { secret: Set<string>; open: Set<string> }): void {
  const secret = inside || PRIVATE.has(node.name);
  const text = node.text.trim();
  if (text !== "") (secret ? found.secret : found.open).add(text);
  for (const child of node.children) texts(child, secret, found);
}

/**
 * The texts of a document that must not come through; a text that also stands elsewhere proves nothing,
 * nor do flags and counts, whose fields are looked for by name instead. */
function secretsOf(content: string): string[] {
  const found = { secret: new Set<string>(), open: new Set<string>() };
  texts(readXml(content), false, found);
  const words = [...found.secret].filter((text) => !/^(true|false|[YN]|\d)$/.test(text));
  return words.filter((text) => ![...found.open].some((open) => open.includes(text)));
}

const READER = `<patronInfo><patronId>P-4711</patronId><surname>Underhay</surname><givenName>Leopold</givenName>
  <patronType>Emeritus</patronType><address><physicalAddress><line1>3 Mill Yard</line1></physicalAddress></address>
</patronInfo>`;

describe("readers' privacy", () => {
  const files = sharedFiles("iso18626");

  describe("on real messages", () => {
    before(needs(files, "iso18626"));

    it("lets no text of a private element into messages, drafts, exceptions, written messages or errors", () => {
      const messages: Message[] = [];
      const secrets = new Set<string>();
      const told: string[] = [];
      for (const { content } of files ?? []) {
        for (const secret of secretsOf(content)) secrets.add(secret);
        // A template that is refused is tried again as the system fills it in.
        for (const text of [
          content,
          content.replace(/_TIMESTAMP_|timestamp_holder/g, "2026-10-02T09:00:00Z"),
        ]) {
          try {
            messages.push(parseMessage(text));
          } catch (error) {
            if (!isConsortiaError(error)) throw error;
            told.push(
              json(error),
              error.message,
              String(error.stack),
              json(error.values),
              String(error.cause),
            );
          }
        }
      }
      expect([...secrets]).to.include.members([
        "patronId_holder",
        "surname1",
        "RSSlnpOne",
        "securityCode1",
        "#CANCEL#",
      ]);
      const kept = [
        json(messages),
        json(foldExchanges(messages, { currency: "EUR" })),
        ...messages.map(writeMessage),
      ];
      for (const text of kept)
        expect(text).not.to.match(/patron(Id|Info|Type)|sen[dt]ToPatron|securityCode|contactName/);
      for (const secret of secrets) {
        for (const text of [...kept, ...told]) expect(text, secret).not.to.include(secret);
      }
    });

    it("does not take a reader's reference that is filed among the identifiers", () => {
      const file = files?.find(({ content }) => content.includes("patronReference"));
      expect(file).not.to.equal(undefined);
      expect(json(parseMessage(file?.content ?? ""))).not.to.match(/patronReference|ref-33-44-55/);
    });
  });

  describe("in errors", () => {
    const message = (inner: string, header = "") => `<request><header>
      <supplyingAgencyId><agencyIdType>ISIL</agencyIdType><agencyIdValue>XA-S</agencyIdValue></supplyingAgencyId>
      <requestingAgencyId><agencyIdType>ISIL</agencyIdType><agencyIdValue>XA-C</agencyIdValue></requestingAgencyId>
      <timestamp>2026-10-01T00:00:00Z</timestamp><requestingAgencyRequestId>R1</requestingAgencyRequestId>${header}
      </header>${inner}</request>`;

    const broken: Readonly<Record<string, string>> = {
      "a bad field elsewhere": message(`${READER}<serviceInfo><requestType>Soon</requestType></serviceInfo>`),
      "a tag left open": message(`${READER}<patronInfo><surname>Underhay`),
      "a name as a tag": message(`<patronInfo><Underhay></Leopold></patronInfo>`),
      "an unknown entity": message(READER.replace("Underhay", "Underhay&nbsp;")),
      "a forbidden character": message(READER.replace("Underhay", "Underhay\u0001")),
      "an undeclared prefix": message(READER.replaceAll("surname", "x:surname")),
      "a reserved name": message(READER.replaceAll("surname", "constructor")),
      "another encoding": `<?xml version="1.0" encoding="iso-8859-1"?>${message(READER)}`,
      "a stray reader": `<patronInfo>${READER}</patronInfo>`,
      "a document type": `<!DOCTYPE Underhay>${message(READER)}`,
    };
    for (const [given, xml] of Object.entries(broken)) {
      it(`says nothing of the reader given ${given}`, () => {
        try {
          parseMessage(xml);
          expect.fail("It was expected to be refused.");
        } catch (error) {
          if (!isConsortiaError(error)) throw error;
          expect(
            [json(error), error.message, error.stack, json(error.values), error.cause].join(),
          ).not.to.match(/Underhay|Leopold|P-4711|Mill Yard|Emeritus/);
        }
      });
    }
  });
});
