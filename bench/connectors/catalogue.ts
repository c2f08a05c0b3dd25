import { Random } from "../../examples/generator/random.ts";

/** Every so many-th record is a header that says that it was deleted. */
const DELETED = 50;
/** Bodies that the records take turns with: making each of them anew would hold up the server. */
const BODIES = 64;
const LETTERS = "aäbcdeéfghijklmnoöprstuüvwz文献目録";

const bodies = makeBodies();

/** A record of the catalogue as OAI-PMH hands it out in MARCXML: about 4 KiB, the same at every place every time. */
export function recordAt(place: number): string {
  const gone = isDeleted(place);
  const header =
    `<record><header${gone ? ' status="deleted"' : ""}><identifier>oai:catalogue.example:${place}</identifier>` +
    `<datestamp>2026-10-${String(1 + (place % 28)).padStart(2, "0")}T10:00:00Z</datestamp></header>`;
  if (gone) return `${header}</record>`;
  const body = bodies[place % BODIES] ?? "";
  return `${header}<metadata><record xmlns="http://www.loc.gov/MARC21/slim">${body.replace("{id}", `c${place}`)}</record></metadata></record>`;
}

export const isDeleted = (place: number): boolean => place % DELETED === DELETED - 1;

function makeBodies(): string[] {
  const random = new Random(2709);
  return Array.from({ length: BODIES }, () => {
    const fields = [
      data("040", [
        ["a", `XA-${random.below(40)}`],
        ["b", "eng"],
        ["c", `XA-${random.below(40)}`],
        ["d", `XA-${random.below(40)}`],
      ]),
      data("100", [
        ["a", words(random, 3)],
        ["d", "1950-"],
      ]),
      data("245", [
        ["a", `${words(random, 6)} :`],
        ["b", `${words(random, 8)} /`],
        ["c", words(random, 5)],
      ]),
      data("264", [
        ["a", words(random, 1)],
        ["b", words(random, 3)],
        ["c", "2026"],
      ]),
      data("520", [["a", words(random, 120)]]),
      ...Array.from({ length: 12 }, () =>
        data("650", [
          ["a", words(random, 3)],
          ["2", "fast"],
        ]),
      ),
      ...Array.from({ length: 4 }, () =>
        data("700", [
          ["a", words(random, 4)],
          ["e", "editor"],
        ]),
      ),
    ];
    return (
      "<leader>01914cam a2200409 a 4500</leader>" +
      '<controlfield tag="001">{id}</controlfield><controlfield tag="005">20261001100000.0</controlfield>' +
      `<controlfield tag="008">261001s2026    xx a     b    001 0 eng  </controlfield>${fields.join("")}`
    );
  });
}

function data(tag: string, parts: readonly (readonly [code: string, value: string])[]): string {
  const inside = parts.map(([code, value]) => `<subfield code="${code}">${value}</subfield>`).join("");
  return `<datafield tag="${tag}" ind1=" " ind2=" ">${inside}</datafield>`;
}

function words(random: Random, count: number): string {
  const word = (): string =>
    Array.from({ length: 3 + random.below(7) }, () => LETTERS[random.below(LETTERS.length)]).join("");
  return Array.from({ length: count }, word).join(" ");
}
