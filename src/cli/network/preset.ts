import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { id } from "ethers";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { parseCredits, type Credits } from "../../core/money.ts";
import { readClasses, type Classes } from "./classes.ts";
import { readGovernance, type GovernancePreset } from "./governance.ts";
import { days, number, object, text, type Json } from "./json.ts";
import { readAid, type Aid } from "./reliefs.ts";
import { readTariff, type Tariff } from "./services.ts";

/** How a consortium starts: its charter's text, its ledger's terms, its token, its prices and who is relieved. */
export interface Preset extends Tariff, Classes, Aid {
  readonly name: string;
  readonly currency: string;
  readonly charterText: string;
  /** keccak256 of the text's bytes, which the charter contract pins. */
  readonly textHash: string;
  readonly token: { readonly name: string; readonly symbol: string };
  /** In seconds. */
  readonly terms: {
    readonly withdrawalNotice: number;
    readonly withdrawalWindow: number;
    readonly debtTerm: number;
    readonly challengeWindow: number;
    readonly awardTerm: number;
    readonly appealWindow: number;
    readonly appealTerm: number;
  };
  readonly claims: {
    readonly claimBond: Credits;
    /** The most that one claim can come to, fee included. */
    readonly claimLimit: Credits;
    readonly claimsPerPair: number;
  };
  readonly governance: GovernancePreset;
}

const FOLDER = resolve(import.meta.dirname, "../../../deploy/parameters");

/**
 * Reads a preset by name (`deploy/parameters/<name>.json`) or by path.
 * @throws `PresetUnreadable`, `PresetInvalid` naming the member
 */
export async function loadPreset(nameOrPath: string): Promise<Preset> {
  const file = fileOf(nameOrPath);
  const source = parse(file, await readText(file));
  try {
    return await readPreset(source, dirname(file));
  } catch (cause) {
    if (isConsortiaError(cause, "PresetUnreadable")) throw cause;
    throw invalid(file, cause);
  }
}

/**
 * Reads the services and prices of a preset, or of a file that holds nothing but `services`.
 * @throws `PresetUnreadable`, `PresetInvalid` naming the member
 */
export async function loadPrices(nameOrPath: string): Promise<Omit<Tariff, "descriptions">> {
  const file = fileOf(nameOrPath);
  const source = parse(file, await readText(file));
  try {
    const { services, prices, conditions } = readTariff(source);
    return { services, prices, conditions };
  } catch (cause) {
    throw invalid(file, cause);
  }
}

function fileOf(nameOrPath: string): string {
  return /^[\w-]+$/.test(nameOrPath) ? join(FOLDER, `${nameOrPath}.json`) : resolve(nameOrPath);
}

function invalid(file: string, cause: unknown): ConsortiaError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ConsortiaError("PresetInvalid", `${file} is no preset: ${reason}`, { cause, values: { file } });
}

async function readPreset(source: Json, folder: string): Promise<Preset> {
  const charterText = await readText(join(folder, text(source, "charter")));
  const [token, claims] = [object(source, "token"), object(source, "claims")];
  const terms = object(source, "termsInDays");
  const [tariff, classes] = [readTariff(source), readClasses(source)];
  return {
    name: text(source, "name"),
    currency: text(source, "currency"),
    charterText,
    textHash: id(charterText),
    token: { name: text(token, "name"), symbol: text(token, "symbol") },
    terms: {
      withdrawalNotice: days(terms, "withdrawalNotice"),
      withdrawalWindow: days(terms, "withdrawalWindow"),
      debtTerm: days(terms, "debtTerm"),
      challengeWindow: days(terms, "challengeWindow"),
      awardTerm: days(terms, "awardTerm"),
      appealWindow: days(terms, "appealWindow"),
      appealTerm: days(terms, "appealTerm"),
    },
    claims: {
      claimBond: parseCredits(text(claims, "bond")),
      claimLimit: parseCredits(text(claims, "limit")),
      claimsPerPair: number(claims, "openPerPair"),
    },
    governance: readGovernance(object(source, "governance")),
    ...tariff,
    ...classes,
    ...readAid(source, tariff.services, classes.regions),
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const message = `${file} cannot be read. Name a preset of deploy/parameters, or a file.`;
    throw new ConsortiaError("PresetUnreadable", message, { cause, values: { file } });
  }
}

function parse(file: string, content: string): Json {
  try {
    return object({ preset: JSON.parse(content) as unknown }, "preset");
  } catch (cause) {
    throw new ConsortiaError("PresetInvalid", `${file} is not JSON.`, { cause, values: { file } });
  }
}
