import { CATALOGUERS, MONTH, PLATFORMS, USAGE_MONTH, USERS, type Platform } from "./cast.ts";
import { badArgumentXml, cataloguePages, identifyXml } from "./catalogue.ts";
import { reportsOf } from "./counter.ts";
import { officeFile } from "./office.ts";
import { usesCsv } from "./uses.ts";

export interface SampleFile {
  /** Below `examples/commons/`. */
  readonly path: string;
  readonly content: string;
}

/** What a server answers to a request; the format of src/cli/scenario/commons/answers.ts. */
type Answer = Readonly<Record<string, unknown>>;

/** A month of e-resources and of a common catalogue, as servers and an export tell it; the same bytes every time. */
export function commonsSample(): SampleFile[] {
  return [
    ...PLATFORMS.flatMap(platformFiles),
    ...catalogueFiles(),
    ...usesFiles(),
    { path: "office.json", content: json(officeFile()) },
    { path: "sample.json", content: json(facts()) },
  ];
}

function platformFiles(platform: Platform): SampleFile[] {
  const { folder, release, accounts, isil } = platform;
  const reports = reportsOf(platform).map(({ customer, since, body }) => {
    const name = `${customer}${since === undefined ? "" : "-restated"}.json`;
    const answer = {
      path: release === "5" ? "/reports/pr" : "/r51/reports/pr",
      query: { customer_id: customer, requestor_id: "alderland" },
      ...(since === undefined ? {} : { since }),
      file: `${folder}/${name}`,
      type: "application/json",
    };
    return { file: { path: `${folder}/${name}`, content: json(body) }, answer };
  });
  const [first, ...others] = reports.map(({ answer }) => answer);
  // The first report has to be made before it can be had.
  const queued = { status: 202, file: "answers/queued.json", headers: { "Retry-After": "1" } };
  const answers: Answer[] = [{ ...first, first: queued }, ...others];
  const agencies = {
    [platform.name]: isil,
    ...Object.fromEntries(accounts.map((one) => [one.customer, one.isil])),
  };
  return [
    ...reports.map(({ file }) => file),
    {
      path: "answers/queued.json",
      content: json({ Code: 1011, Severity: "Warning", Message: "Report Queued for Processing" }),
    },
    { path: `${folder}.answers.json`, content: json(answers) },
    { path: `${folder}.map.json`, content: json({ agencies, services: { Total_Item_Requests: "e-use" } }) },
  ];
}

function catalogueFiles(): SampleFile[] {
  const pages = cataloguePages().map(({ token, xml }, index) => {
    const file = `catalogue/page-${index + 1}.xml`;
    const query = {
      verb: "ListRecords",
      ...(token === undefined ? { metadataPrefix: "marcxml" } : { resumptionToken: token }),
    };
    // Once, in the middle of the list, the server is too busy.
    const first = index === 2 ? { first: { status: 503, headers: { "Retry-After": "1" } } } : {};
    return {
      file: { path: file, content: xml },
      answer: { path: "/oai", query, file, ...first },
    };
  });
  const answers: Answer[] = [
    { path: "/oai", query: { verb: "Identify" }, file: "answers/identify.xml" },
    ...pages.map(({ answer }) => answer),
    { path: "/oai", query: {}, file: "answers/error.xml" },
  ].map((answer) => ({ ...answer, type: "text/xml" }));
  const agencies = Object.fromEntries(Object.entries(CATALOGUERS).map(([isil, code]) => [code, isil]));
  return [
    ...pages.map(({ file }) => file),
    { path: "answers/identify.xml", content: identifyXml() },
    { path: "answers/error.xml", content: badArgumentXml() },
    { path: "catalogue.answers.json", content: json(answers) },
    { path: "catalogue.map.json", content: json({ agencies, services: ROLES }) },
  ];
}

/** What each role of MARC 040 is priced as. */
const ROLES = { creating: "record-original", transcribing: "record-copy", modifying: "record-enhance" };

function usesFiles(): SampleFile[] {
  const columns = {
    ...{ delimiter: ";", supplier: { constant: "COMMONS" }, consumer: "library", request: "batch" },
    ...{ service: { constant: "catalogue-use" }, quantity: "records", date: "week ending" },
    details: { format: "format" },
  };
  const agencies = Object.fromEntries(USERS.map((isil) => [isil, isil]));
  return [
    { path: "uses.csv", content: usesCsv() },
    { path: "uses.columns.json", content: json(columns) },
    { path: "uses.map.json", content: json({ agencies }) },
  ];
}

/** What the scenario is told; the format of src/cli/scenario/commons/sample.ts. */
function facts() {
  return {
    ...{ month: MONTH, usageMonth: USAGE_MONTH, borrowers: ["XA-KEP", "XA-LVA"] },
    // More than a month of loans alone takes.
    deposits: { "XA-KEP": "300.00", "XA-SAL": "120.00" },
    platforms: PLATFORMS.map(({ isil, name, folder, release, accounts }) => ({
      ...{ isil, name, folder, release },
      customers: Object.fromEntries(accounts.map((one) => [one.isil, one.customer])),
    })),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
