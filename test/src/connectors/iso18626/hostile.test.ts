import { expect } from "chai";
import { parseMessage, writeMessage } from "../../../../src/connectors/iso18626/message.ts";
import { ask, failure } from "./support.ts";

const VALID = writeMessage(ask(1, "Loan", { title: "TITLE" }));
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const code = (xml: string): string => failure(() => parseMessage(xml)).code;
const title = (xml: string): unknown => {
  const { kind, body } = parseMessage(xml);
  return kind === "request" ? body.bibliographicInfo?.title : undefined;
};
const titled = (text: string): string => VALID.replace("TITLE", text);
const doctype = (dtd: string, text = "TITLE"): string =>
  titled(text).replace(DECLARATION, `${DECLARATION}${dtd}\n`);

describe("parseMessage, given hostile XML", () => {
  describe("document types", () => {
    const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
      "",
    );
    const dtds: Readonly<Record<string, string>> = {
      "a billion laughs": doctype(`<!DOCTYPE r [<!ENTITY l0 "ha">${laughs}]>`, "&l9;"),
      "an external entity": doctype('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
      "an external subset": doctype('<!DOCTYPE r SYSTEM "http://example.org/evil.dtd">'),
      "a parameter entity": doctype('<!DOCTYPE r [<!ENTITY % p SYSTEM "http://example.org/x"> %p;]>'),
      "a lower-case doctype": doctype("<!doctype html>"),
      "a doctype hidden behind a comment": doctype("<!-- --><!DOCTYPE r []>"),
    };
    for (const [given, xml] of Object.entries(dtds)) {
      it(`refuses ${given}`, () => expect(code(xml)).to.equal("Iso18626Doctype"));
    }
  });

  describe("size and depth", () => {
    it("refuses 2 MB before it looks at them", () => {
      expect(code(titled("x".repeat(2_000_000)))).to.equal("Iso18626TooLarge");
      expect(failure(() => parseMessage(VALID, { maxLength: 100 })).values).to.include({ maxLength: 100 });
    });
    it("reads almost 1 MiB", () => {
      expect(title(titled("x".repeat(1_000_000)))).to.have.length(1_000_000);
    });
    it("refuses 10,000 nested elements", () => {
      expect(code(`${"<a>".repeat(10_000)}${"</a>".repeat(10_000)}`)).to.equal("Iso18626TooDeep");
      expect(code(titled(`${"<a>".repeat(10_000)}${"</a>".repeat(10_000)}`))).to.equal("Iso18626TooDeep");
    });
    it("keeps its pace on many elements, attributes and ampersands", function () {
      this.timeout(5000);
      for (const xml of [
        titled("<!-- - -->".repeat(90_000)),
        titled("</title><title>".repeat(60_000)),
        titled("&amp;".repeat(200_000)),
        titled(`</title><a ${Array.from({ length: 40_000 }, (_, n) => `a${n}="1"`).join(" ")}/><title>`),
        titled(
          `</title><a ${Array.from({ length: 10_000 }, (_, n) => `xmlns:p${n}="u"`).join(" ")}>${'<b xmlns:q="u"/>'.repeat(40_000)}</a><title>`,
        ),
        titled("&".repeat(900_000)),
        titled("<".repeat(900_000)),
        `<a ${" ".repeat(900_000)}`,
        `<?xml ${"encoding ".repeat(100_000)}`,
      ]) {
        try {
          parseMessage(xml);
        } catch (error) {
          expect(error).to.have.property("code");
        }
      }
    });
  });

  describe("what is no XML", () => {
    const broken: Readonly<Record<string, string>> = {
      nothing: "",
      blanks: " \n ",
      JSON: '{"action":"respondYes"}',
      "a truncated message": VALID.slice(0, VALID.length / 2),
      "a message cut in its last tag": VALID.trimEnd().slice(0, -1),
      NUL: titled("a\u0000b"),
      "NUL by reference": titled("a&#0;b"),
      "a lone surrogate": titled("a\ud800b"),
      "a surrogate by reference": titled("a&#xD800;b"),
      "a character beyond Unicode": titled("a&#x110000;b"),
      "a huge reference": titled("a&#99999999999999999999;b"),
      "an unknown entity": titled("&nbsp;"),
      "a bare ampersand": titled("Salt & Peat"),
      "an entity without its end": titled("a&lt b"),
      "bytes of another encoding": titled("Stra\ufffde"),
      "another encoding declared": VALID.replace("UTF-8", "UTF-16"),
      "UTF-16 read as text": VALID.replace(/./gs, "$&\u0000"),
      "two roots": `${VALID}<request/>`,
      "text after the root": `${VALID}hello`,
      "text before the root": `hello${VALID}`,
      "CDATA left open": titled("<![CDATA[x"),
      "a comment left open": titled("<!-- x"),
      "a repeated attribute": VALID.replace("<request>", '<request a="1" a="2">'),
      "an undeclared prefix": VALID.replaceAll("title>", "no:title>"),
      "tags that cross": titled("<b><i></b></i>"),
    };
    for (const [given, xml] of Object.entries(broken)) {
      it(`refuses ${given}`, () => expect(code(xml)).to.equal("Iso18626NotXml"));
    }
  });

  describe("names that mean something to JavaScript", () => {
    for (const name of ["__proto__", "constructor", "prototype", "hasOwnProperty", "toString", "valueOf"]) {
      it(`is not moved by an element or attribute ${name}`, () => {
        for (const xml of [
          titled(`TITLE</title><${name}><polluted>1</polluted></${name}><title>`).replace(
            "<title></title>",
            "",
          ),
          VALID.replace("<request>", `<request ${name}="polluted">`),
          VALID.replaceAll("<request>", `<${name}>`).replaceAll("</request>", `</${name}>`),
        ]) {
          try {
            expect(title(xml)).to.equal("TITLE");
          } catch (error) {
            expect(error)
              .to.have.property("code")
              .that.match(/^Iso18626(NotXml|UnknownMessage)$/);
          }
        }
        expect({}).not.to.have.property("polluted");
      });
    }
    it("takes such names as values", () => expect(title(titled("__proto__"))).to.equal("__proto__"));
  });

  describe("text", () => {
    it("takes CDATA literally and joins it with what is around it", () => {
      expect(title(titled("a<![CDATA[<b>&amp;]]>c"))).to.equal("a<b>&amp;c");
      expect(title(titled("<![CDATA[]]]]><![CDATA[>]]>"))).to.equal("]]>");
      expect(title(titled("a<!-- </title> -->b"))).to.equal("ab");
    });
    it("does not decode twice", () => expect(title(titled("&amp;lt;&amp;#65;"))).to.equal("&lt;&#65;"));
    it("decodes the five entities and numbers", () => {
      expect(title(titled("&lt;&gt;&amp;&quot;&apos;&#65;&#x1F4D6;"))).to.equal("<>&\"'A📖");
    });
    it("reads what follows a byte order mark", () => expect(title(`\ufeff${VALID}`)).to.equal("TITLE"));
  });

  describe("structure", () => {
    const field = (xml: string): string => failure(() => parseMessage(xml)).message;
    it("refuses a field that appears twice, and says which", () => {
      expect(field(titled("A</title><title>B"))).to.equal(
        'request/bibliographicInfo/title is "2 elements"; expected one.',
      );
    });
    it("refuses two messages in one envelope, and none", () => {
      expect(field(VALID.replace("</request>", "</request><request/>"))).to.match(/2 elements/);
      expect(field("<ISO18626Message/>")).to.match(/one message inside/);
    });
    it("refuses elements inside text", () => expect(field(titled("<b>x</b>"))).to.match(/title is "<b>"/));
    it("refuses other messages, and ours in a foreign namespace", () => {
      expect(code("<NCIPMessage/>")).to.equal("Iso18626UnknownMessage");
      expect(code('<request xmlns="urn:other"/>')).to.equal("Iso18626UnknownMessage");
      expect(code("<request/>")).to.equal("Iso18626Field");
    });
    it("does not read a field of a foreign namespace", () => {
      expect(
        title(VALID.replace("<title>", '<o:title xmlns:o="urn:o">').replace("</title>", "</o:title>")),
      ).to.equal(undefined);
    });
    it("reads any prefix, declared anywhere", () => {
      const prefixed = VALID.replace(DECLARATION, "")
        .replace(/<(\/?)(\w+)/g, "<$1zz:$2")
        .replace("xmlns=", "xmlns:zz=")
        .replace(/ill:version/, "zz:version");
      expect(title(prefixed)).to.equal("TITLE");
      expect(parseMessage(prefixed)).to.deep.equal(parseMessage(VALID));
    });
  });

  describe("values", () => {
    const money = (value: string): string =>
      VALID.replace(
        "</request>",
        `<billingInfo><maximumCosts><currencyCode>EUR</currencyCode><monetaryValue>${value}</monetaryValue></maximumCosts></billingInfo></request>`,
      );
    for (const value of [
      "9".repeat(400),
      "1e9",
      "-1",
      "0.0000001",
      "Infinity",
      "NaN",
      "0x10",
      "1,50",
      ".",
      "1.2.3",
    ]) {
      it(`refuses ${value.slice(0, 12)} as an amount`, () => {
        const error = failure(() => parseMessage(money(value)));
        expect(error.code).to.equal("Iso18626Field");
        expect(error.values).to.include({ path: "request/billingInfo/maximumCosts/monetaryValue" });
        expect(error.message.length).to.be.below(300);
      });
    }
    for (const [value, expected] of [
      ["+1.50", 1_500_000n],
      [".5", 500_000n],
      ["7.", 7_000_000n],
      ["0012.5000000000", 12_500_000n],
    ] as const) {
      it(`reads ${value} as xs:decimal does`, () => {
        const { body } = parseMessage(money(value));
        expect((body as { billingInfo?: unknown }).billingInfo).to.have.nested.property(
          "maximumCosts.monetaryValue",
          expected,
        );
      });
    }
    it("never drops a cost it cannot read", () => {
      const error = failure(() => parseMessage(money("1").replace("<currencyCode>EUR</currencyCode>", "")));
      expect(error.values).to.include({ path: "request/billingInfo/maximumCosts/currencyCode" });
    });
    for (const moment of [
      "2026-10-01T09:30:00",
      "2026-02-30T09:30:00Z",
      "2026-13-01T09:30:00Z",
      "2026-10-01T24:00:00Z",
      "2026-10-01",
      "0000-10-01T09:30:00Z",
      "99999-10-01T09:30:00Z",
      "1759311000",
    ]) {
      it(`refuses ${moment} as a moment`, () => {
        expect(code(VALID.replace(/<timestamp>[^<]*/, `<timestamp>${moment}`))).to.equal("Iso18626Field");
      });
    }
    it("reads offsets, with and without colon", () => {
      for (const moment of [
        "2026-10-01T03:00:00+02:00",
        "2026-10-01T03:00:00.000999+0200",
        "2026-09-30T19:00:00-06:00",
      ]) {
        const { body } = parseMessage(VALID.replace(/<timestamp>[^<]*/, `<timestamp>${moment}`));
        expect(body).to.have.nested.property("header.timestamp", Date.UTC(2026, 9, 1, 1));
      }
    });
  });
});
