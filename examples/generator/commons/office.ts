import members from "../../month/members.json" with { type: "json" };
import associates from "../../commons/members.json" with { type: "json" };
import office from "../../office.json" with { type: "json" };

const CITIES: Readonly<Record<string, string>> = {
  XA: "Nordhafen",
  XB: "Brackwater",
  XC: "Sundholm",
  XP: "Port Lumen",
};

/** What the consortium's office says of itself and of everybody; the format of an office file. */
export function officeFile() {
  const known: Readonly<Record<string, object>> = office.members;
  const parties = [...members, ...associates].map(({ isil, name }) => [
    isil,
    known[isil] ?? { name, address: { city: CITIES[isil.slice(0, 2)] ?? "", country: "DE" } },
  ]);
  return {
    ...office,
    units: { ...office.units, "e-use": "C62", "catalogue-use": "C62" },
    members: Object.fromEntries(parties) as Record<string, object>,
    // What one would cost alone: an article by the view, a record from a vendor.
    replacement: { ...office.replacement, "e-use": "3.50", "catalogue-use": "1.20" },
  };
}
