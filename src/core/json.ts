import { ConsortiaError } from "./error.ts";

const MAX_DEPTH = 64;

/**
 * JSON with sorted keys and no white space, so that equal values are equal bytes. Members that are undefined
 * are left out, as in JSON.stringify; whatever else JSON cannot say is refused instead of changed.
 * @throws `JsonInvalid`
 */
export function canonicalJson(value: unknown, path = "", depth = 0): string {
  if (depth > MAX_DEPTH) throw invalid(path, `is nested more than ${MAX_DEPTH} deep`);
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((item, i) => canonicalJson(item, `${path}[${i}]`, depth + 1)).join(",")}]`;
  }
  if (typeof value === "object") {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, `${path}.${key}`, depth + 1)}`);
    return `{${members.join(",")}}`;
  }
  throw invalid(path, `is a ${typeof value}, which JSON cannot carry; write amounts as text`);
}

function invalid(path: string, what: string): ConsortiaError {
  const where = path === "" ? "The value" : path.replace(/^\./, "");
  return new ConsortiaError("JsonInvalid", `${where} ${what}.`, { values: { path } });
}
