/** Under which terms a work may be used, in the order of the contract's `Licence`. */
export const LICENCES = [
  "none",
  "cc0",
  "pdm",
  "by",
  "by-sa",
  "by-nc",
  "by-nd",
  "by-nc-sa",
  "by-nc-nd",
  "reserved",
] as const;
export type Licence = (typeof LICENCES)[number];

/** What a service does with a work, as copyright sees it, in the order of the contract's `Act`. */
export const ACTS = ["lend", "reproduce", "distribute", "adapt"] as const;
export type Act = (typeof ACTS)[number];

/** A licence in the terms of Creative Commons' rights expression language, http://creativecommons.org/ns#. */
export interface LicenceProperties {
  readonly permits: readonly ("Reproduction" | "Distribution" | "DerivativeWorks")[];
  readonly requires: readonly ("Notice" | "Attribution" | "ShareAlike")[];
  readonly prohibits: readonly "CommercialUse"[];
}

const COPY = ["Reproduction", "Distribution"] as const;
const ALL = [...COPY, "DerivativeWorks"] as const;
const CREDIT = ["Notice", "Attribution"] as const;
const SHARE = [...CREDIT, "ShareAlike"] as const;
const NO_BUSINESS = ["CommercialUse"] as const;

const PROPERTIES: Readonly<Record<Licence, LicenceProperties>> = {
  none: { permits: [], requires: [], prohibits: [] },
  cc0: { permits: ALL, requires: [], prohibits: [] },
  pdm: { permits: ALL, requires: [], prohibits: [] },
  by: { permits: ALL, requires: CREDIT, prohibits: [] },
  "by-sa": { permits: ALL, requires: SHARE, prohibits: [] },
  "by-nc": { permits: ALL, requires: CREDIT, prohibits: NO_BUSINESS },
  "by-nd": { permits: COPY, requires: CREDIT, prohibits: [] },
  "by-nc-sa": { permits: ALL, requires: SHARE, prohibits: NO_BUSINESS },
  "by-nc-nd": { permits: COPY, requires: CREDIT, prohibits: NO_BUSINESS },
  reserved: { permits: [], requires: [], prohibits: [] },
};

/** What an act needs to be permitted; lending needs nobody's permission. */
const NEEDS = {
  lend: undefined,
  reproduce: "Reproduction",
  distribute: "Distribution",
  adapt: "DerivativeWorks",
} as const;

export function propertiesOf(licence: Licence): LicenceProperties {
  return PROPERTIES[licence];
}

/** What a licence allows everybody, before any permission of the holder. Twin: contracts/libraries/Licences.sol. */
export function permits(licence: Licence, act: Act, commercial: boolean): boolean {
  const need = NEEDS[act];
  if (need === undefined) return true;
  const { permits: permitted, prohibits } = PROPERTIES[licence];
  return permitted.includes(need) && !(commercial && prohibits.includes("CommercialUse"));
}

const URIS: Readonly<Partial<Record<Licence, string>>> = {
  cc0: "http://creativecommons.org/publicdomain/zero/1.0/",
  pdm: "http://creativecommons.org/publicdomain/mark/1.0/",
  by: "http://creativecommons.org/licenses/by/4.0/",
  "by-sa": "http://creativecommons.org/licenses/by-sa/4.0/",
  "by-nc": "http://creativecommons.org/licenses/by-nc/4.0/",
  "by-nd": "http://creativecommons.org/licenses/by-nd/4.0/",
  "by-nc-sa": "http://creativecommons.org/licenses/by-nc-sa/4.0/",
  "by-nc-nd": "http://creativecommons.org/licenses/by-nc-nd/4.0/",
  reserved: "http://rightsstatements.org/vocab/InC/1.0/",
};

const DEEDS = [
  // 2.1 is the number of some ports, and 1.0 names the last of the six the other way round.
  [/^licenses\/(by(?:-nc)?(?:-nd|-sa)?)\/(?:1\.0|2\.[015]|3\.0|4\.0)(?:\/[a-z]+)?$/, undefined],
  [/^licenses\/by-nd-nc\/1\.0(?:\/[a-z]+)?$/, "by-nc-nd"],
  [/^publicdomain\/zero\/1\.0$/, "cc0"],
  [/^publicdomain\/mark\/1\.0$/, "pdm"],
  // The dedication and certification that the two above replaced in 2010: it grants what they do.
  [/^licenses\/publicdomain$/, "pdm"],
] as const;

/** The URI of a licence, of its latest version; none for none. */
export function licenceUri(licence: Licence): string | undefined {
  return URIS[licence];
}

/**
 * The licence that a URI names: Creative Commons' of any version, ported or not, by deed or legal code, and the rights
 * statement "In Copyright"; undefined for any other.
 */
export function licenceOf(uri: string): Licence | undefined {
  const parts = /^https?:\/\/(?:www\.)?(creativecommons\.org|rightsstatements\.org)\/(.*?)\/?$/.exec(
    uri.trim(),
  );
  const [, host, path = ""] = parts ?? [];
  if (host === "rightsstatements.org") return /^(vocab|page)\/InC\/1\.0$/.test(path) ? "reserved" : undefined;
  if (host === undefined) return undefined;
  const deed = path.replace(/\/(?:deed|legalcode)(?:\.[A-Za-z-]+)?$/, "");
  for (const [pattern, licence] of DEEDS) {
    const found = pattern.exec(deed);
    if (found !== null) return licence ?? LICENCES.find((name) => name === found[1]);
  }
  return undefined;
}
