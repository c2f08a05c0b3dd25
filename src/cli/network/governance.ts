import { parseCredits, type Credits } from "../../core/money.ts";
import { BASE_VOICE } from "../../core/voice.ts";
import { days, list, number, object, share, text, type Json } from "./json.ts";

/** Voters who fill seats together. */
export interface ConstituencyPreset {
  readonly constituency: number;
  readonly name: string;
  readonly seats: number;
  /** In how many steps over a term the seats fall due. */
  readonly groups: number;
}

/** How elections run; times in seconds, shares in basis points. */
export interface ElectionRules {
  readonly nominationTime: number;
  readonly ballotTime: number;
  readonly term: number;
  readonly minSupport: number;
  readonly quorumBps: number;
  readonly recallBps: number;
}

/** How a chamber decides; times in seconds, shares in basis points. */
export interface ChamberSettings {
  readonly votingDelay: number;
  readonly votingPeriod: number;
  readonly lateExtension: number;
  readonly baseDelay: number;
  /** Votes that it takes to propose: seats, or units of voice. */
  readonly threshold: bigint;
  readonly petition: number;
  readonly quorumBps: number;
}

/** How the members govern; times in seconds. */
export interface GovernancePreset {
  /** The standing that doubles a member's voice. */
  readonly fullStanding: Credits;
  readonly foundersTerm: number;
  readonly constituencies: readonly ConstituencyPreset[];
  readonly board: { readonly seats: number; readonly groups: number };
  readonly elections: { readonly council: ElectionRules; readonly board: ElectionRules };
  readonly chambers: Readonly<Record<"council" | "board" | "assembly", ChamberSettings>>;
  /** How long the Board's acts wait for a veto, once the consortium is handed over. */
  readonly boardDelay: number;
  readonly amendments: { readonly delay: number; readonly grace: number };
  readonly admissions: {
    readonly waiting: number;
    readonly decision: number;
    /** Months that a sponsor has been a member. */
    readonly seniority: number;
    readonly perYear: number;
    readonly smallTier: number;
  };
}

/** Reads a preset's `governance`. @throws TypeError that names the member */
export function readGovernance(source: Json): GovernancePreset {
  const [elections, chambers] = [object(source, "elections"), object(source, "chambers")];
  const [board, amendments] = [object(source, "board"), object(source, "amendments")];
  const admissions = object(source, "admissions");
  const [council, trustees] = [chamber(object(chambers, "council")), chamber(object(chambers, "board"))];
  const boardDelay = days(source, "boardDelayInDays");
  checkDelay(boardDelay, council);
  return {
    fullStanding: parseCredits(text(source, "fullStanding")),
    foundersTerm: days(source, "foundersTermInDays"),
    constituencies: list(source, "constituencies").map((one) => ({
      constituency: number(one, "id"),
      name: text(one, "name"),
      seats: number(one, "seats"),
      groups: number(one, "groups"),
    })),
    board: { seats: number(board, "seats"), groups: number(board, "groups") },
    elections: { council: rules(object(elections, "council")), board: rules(object(elections, "board")) },
    chambers: {
      council,
      board: trustees,
      // Members' words weigh the base at least, so the threshold is told in members without standing.
      assembly: scaled(chamber(object(chambers, "assembly")), BASE_VOICE),
    },
    boardDelay,
    amendments: { delay: days(amendments, "delayInDays"), grace: days(amendments, "graceInDays") },
    admissions: {
      waiting: days(admissions, "waitingInDays"),
      decision: days(admissions, "decisionInDays"),
      seniority: number(admissions, "seniorityInMonths"),
      perYear: number(admissions, "perYear"),
      smallTier: number(admissions, "smallTier"),
    },
  };
}

/** A margin that the charter's amendments keep too (Amendments.VETO_MARGIN). */
const VETO_MARGIN = 86_400;

function checkDelay(boardDelay: number, council: ChamberSettings): void {
  const { votingDelay, votingPeriod, lateExtension, baseDelay } = council;
  const needed = votingDelay + votingPeriod + lateExtension + baseDelay + VETO_MARGIN;
  if (boardDelay > needed) return;
  throw new TypeError(
    `"boardDelayInDays" must be more than ${needed / 86_400}, the days that the Council needs for a veto and one more.`,
  );
}

function rules(source: Json): ElectionRules {
  return {
    nominationTime: days(source, "daysToNominate"),
    ballotTime: days(source, "daysToVote"),
    term: days(source, "termInDays"),
    minSupport: number(source, "minSupport"),
    quorumBps: share(source, "quorum"),
    recallBps: share(source, "recall"),
  };
}

function chamber(source: Json): ChamberSettings {
  return {
    votingDelay: days(source, "daysToRead"),
    votingPeriod: days(source, "daysToVote"),
    lateExtension: days(source, "daysAfterQuorum"),
    baseDelay: days(source, "daysToWait"),
    threshold: BigInt(number(source, "votesToPropose")),
    petition: share(source, "petition"),
    quorumBps: share(source, "quorum"),
  };
}

function scaled(settings: ChamberSettings, unit: bigint): ChamberSettings {
  return { ...settings, threshold: settings.threshold * unit };
}
