import { Random } from "../../examples/generator/random.ts";

const METRICS = [
  "Total_Item_Investigations",
  "Total_Item_Requests",
  "Unique_Item_Investigations",
  "Unique_Item_Requests",
];
const MONTHS = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, "0")}`);

const HEADER = {
  Release: "5.1",
  Report_ID: "TR",
  Report_Name: "Title Report",
  Created: "2027-01-10T08:00:00Z",
  Created_By: "Publisher",
  Institution_ID: { ISIL: ["XA-1"] },
  Institution_Name: "A Library",
  Registry_Record: "https://registry.countermetrics.org/platform/99999999-9999-4999-9999-999999999999",
  Report_Attributes: { Attributes_To_Show: ["YOP", "Access_Type", "Access_Method"] },
  Report_Filters: { Begin_Date: "2026-01-01", End_Date: "2026-12-31" },
};

/** A title report of release 5.1 of at least so many bytes, piece by piece: a year of titles, the same every time. */
export function* titleReport(bytes: number): Generator<string> {
  const random = new Random(51);
  let written = 0;
  const say = (text: string): string => {
    written += text.length;
    return text;
  };
  yield say(`{"Report_Header":${JSON.stringify(HEADER)},"Report_Items":[`);
  for (let place = 0; written < bytes; place++) {
    yield say(`${place === 0 ? "" : ","}${JSON.stringify(title(place, random))}`);
  }
  yield "]}";
}

function title(place: number, random: Random) {
  return {
    Title: `Annals of the ${place}th Society`,
    Publisher: "Publisher",
    Platform: `Platform ${place % 3}`,
    Item_ID: { Proprietary: `P:${place}`, Online_ISSN: "2042-5872" },
    Attribute_Performance: ["Controlled", "Open"].map((access) => ({
      Data_Type: "Journal",
      YOP: String(2015 + (place % 12)),
      Access_Type: access,
      Access_Method: "Regular",
      Performance: Object.fromEntries(
        METRICS.map((metric) => [
          metric,
          Object.fromEntries(MONTHS.map((month) => [month, random.below(500)])),
        ]),
      ),
    })),
  };
}
