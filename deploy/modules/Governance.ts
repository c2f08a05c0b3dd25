import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { ContractFuture } from "@nomicfoundation/ignition-core";
import { ConsortiaModule } from "./Consortia.ts";
import { GOVERNANCE_PRIVILEGES, ROLES, privilegesOf, selector } from "./roles.ts";

const NOBODY = "0x0000000000000000000000000000000000000000";
const DAY = 86_400;

/** What a chamber starts with, unless parameters such as `councilVotingDelay` say otherwise. */
const CHAMBER = {
  VotingDelay: 2 * DAY,
  VotingPeriod: 7 * DAY,
  Threshold: 1n,
  Petition: 1_000,
  QuorumBps: 4_000,
  BaseDelay: 0,
  LateExtension: 2 * DAY,
};
const RULES = {
  nominationTime: 21 * DAY,
  ballotTime: 14 * DAY,
  term: 1_095 * DAY,
  minSupport: 1,
  quorumBps: 2_000,
  recallBps: 2_500,
};
const ADMISSIONS = { waiting: 30 * DAY, decision: 60 * DAY, seniority: 12, perYear: 3, smallTier: 3 };
/** Seats that all voters fill together. */
const AT_LARGE = [{ constituency: 0, seats: 6, groups: 2 }];

/**
 * What the members govern by: delegates, voice, seats and elections, three chambers, amendments and admissions, bound, and
 * with the role of every function set. The roles are still the deployer's, or whose it named; see Handover.
 *
 * Parameters are the contracts' own: times in seconds, shares in basis points, amounts in millionths.
 */
export const GovernanceModule = buildModule("Governance", (m) => {
  const consortia = m.useModule(ConsortiaModule);
  const { charter, register } = consortia;

  const delegates = m.contract("Delegates");
  const voice = m.contract("Voice", [charter, register, m.getParameter("fullStanding", 60_000_000_000n)]);

  const term = m.getParameter("foundersTerm", 365 * DAY);
  const councilSeats = m.contract(
    "Seats",
    [charter, delegates, m.getParameter("councilFounders", []), term],
    { id: "CouncilSeats" },
  );
  const boardSeats = m.contract("Seats", [charter, delegates, m.getParameter("boardFounders", []), term], {
    id: "BoardSeats",
    // Founders are numbered as they are seated, the Council's first.
    after: [councilSeats],
  });

  const elections = (
    body: "council" | "board",
    electorate: ContractFuture<string>,
    seats: ContractFuture<string>,
  ) => {
    const name = body === "council" ? "Council" : "Board";
    const rules = m.getParameter(`${body}Rules`, RULES);
    const plans = m.getParameter(`${body}Plans`, AT_LARGE);
    const given = [charter, `Consortia ${name} Elections`, electorate, seats, rules, plans];
    return m.contract("Elections", given, { id: `${name}Elections` });
  };
  const councilElections = elections("council", voice, councilSeats);
  const boardElections = elections("board", councilSeats, boardSeats);

  const chamber = (
    name: "Council" | "Board" | "Assembly",
    electorate: ContractFuture<string>,
    sponsor: ContractFuture<string> | string,
  ) => {
    const set = <Name extends keyof typeof CHAMBER>(field: Name) =>
      m.getParameter(`${name.toLowerCase()}${field}`, CHAMBER[field]);
    const setup = {
      name: `Consortia ${name}`,
      electorate,
      charter,
      sponsor,
      votingDelay: set("VotingDelay"),
      votingPeriod: set("VotingPeriod"),
      threshold: set("Threshold"),
      petition: set("Petition"),
      quorumBps: set("QuorumBps"),
      baseDelay: set("BaseDelay"),
      lateExtension: set("LateExtension"),
    };
    return m.contract("Chamber", [setup], { id: name });
  };
  const council = chamber("Council", councilSeats, NOBODY);
  const board = chamber("Board", boardSeats, NOBODY);
  const assembly = chamber("Assembly", voice, council);

  const [delay, grace] = [
    m.getParameter("amendmentDelay", 30 * DAY),
    m.getParameter("amendmentGrace", 30 * DAY),
  ];
  const amendments = m.contract("Amendments", [charter, delay, grace]);
  const admissions = m.contract("Admissions", [charter, register, m.getParameter("admissions", ADMISSIONS)]);

  const contracts = { Voice: voice, Amendments: amendments, Admissions: admissions };
  const assigned = privilegesOf(GOVERNANCE_PRIVILEGES).map(({ contract, role, functions }) => {
    const target = contracts[contract as keyof typeof contracts];
    return m.encodeFunctionCall(
      charter,
      "setTargetFunctionRole",
      [target, functions.map(selector), ROLES[role]],
      {
        id: `${contract}_${role}`,
      },
    );
  });
  const bound = m.encodeFunctionCall(charter, "bindBoard", [board, council, boardSeats]);
  m.call(charter, "multicall", [[...assigned, bound]], { id: "rights" });
  m.call(register, "bindRoll", [voice]);
  m.call(councilSeats, "bindElections", [councilElections], { id: "CouncilSeats_bind" });
  m.call(boardSeats, "bindElections", [boardElections], { id: "BoardSeats_bind" });

  const bodies = { councilSeats, councilElections, boardSeats, boardElections, council, board, assembly };
  return { ...consortia, delegates, voice, ...bodies, amendments, admissions };
});

export default GovernanceModule;
