import { expect } from "chai";
import { selector } from "../../../deploy/modules/roles.ts";
import { amend, ready } from "../../support/amending.ts";
import { BOARD_DELAY, BOARD_ROLES, ROLE, useChambers } from "../../support/chambers.ts";
import type { Chambers } from "../../support/chambers.ts";
import { DAY } from "../../support/claims.ts";
import { act } from "../../support/motions.ts";
import type { Act } from "../../support/motions.ts";

/** A call of the charter's. */
const ask = (w: Chambers, name: string, ...args: unknown[]) => act(w.charter, name, args);

/** What both chambers may want as much as they like: the amendments refuse it. */
const REFUSED: readonly [what: string, error: string, acts: (w: Chambers) => readonly Promise<Act>[]][] = [
  [
    "another administrator",
    "AmendmentAdminLost",
    (w) => [ask(w, "grantRole", ROLE.admin, w.stranger.address, 0)],
  ],
  [
    "another administrator in their place",
    "AmendmentAdminLost",
    (w) => [
      ask(w, "grantRole", ROLE.admin, w.stranger.address, 0),
      ask(w, "renounceRole", ROLE.admin, w.amendments.target),
    ],
  ],
  [
    "another administrator to come",
    "AmendmentAdminLost",
    (w) => [
      ask(w, "setGrantDelay", ROLE.admin, 0),
      ask(w, "grantRole", ROLE.admin, w.stranger.address, 86_400),
    ],
  ],
  [
    "no administrator",
    "AmendmentAdminLost",
    (w) => [ask(w, "renounceRole", ROLE.admin, w.amendments.target)],
  ],
  [
    "their own dismissal",
    "AmendmentAdminLost",
    (w) => [ask(w, "revokeRole", ROLE.admin, w.amendments.target)],
  ],
  [
    "a delay on themselves",
    "AmendmentAdminLost",
    (w) => [ask(w, "grantRole", ROLE.admin, w.amendments.target, 5)],
  ],
  ["their own closing", "AmendmentAdminLost", (w) => [ask(w, "setTargetClosed", w.amendments.target, true)]],
  [
    "another authority over themselves",
    "AmendmentAdminLost",
    (w) => [ask(w, "updateAuthority", w.amendments.target, w.register.target)],
  ],
  [
    "an Assembly without a word",
    "AmendmentChamberLost",
    (w) => [ask(w, "revokeRole", ROLE.assembly, w.assembly.chamber.target)],
  ],
  [
    "a Council without a word",
    "AmendmentChamberLost",
    (w) => [ask(w, "revokeRole", ROLE.council, w.council.chamber.target)],
  ],
  [
    "a second Council",
    "AmendmentChamberLost",
    (w) => [ask(w, "grantRole", ROLE.council, w.board.chamber.target, 0)],
  ],
  [
    "another Council than the charter's",
    "AmendmentChamberLost",
    (w) => [
      ask(w, "revokeRole", ROLE.council, w.council.chamber.target),
      ask(w, "grantRole", ROLE.council, w.board.chamber.target, 0),
    ],
  ],
  [
    "somebody for an Assembly",
    "AmendmentChamberLost",
    (w) => [
      ask(w, "revokeRole", ROLE.assembly, w.assembly.chamber.target),
      ask(w, "grantRole", ROLE.assembly, w.stranger.address, 0),
    ],
  ],
  [
    "an Assembly that waits for a century",
    "AmendmentChamberLost",
    (w) => [ask(w, "grantRole", ROLE.assembly, w.assembly.chamber.target, 4_000_000_000)],
  ],
  [
    "a Council that waits",
    "AmendmentChamberLost",
    (w) => [ask(w, "grantRole", ROLE.council, w.council.chamber.target, 1)],
  ],
  [
    "a Board that appoints Councils",
    "AmendmentChamberLost",
    (w) => [ask(w, "setRoleAdmin", ROLE.council, ROLE.registrar)],
  ],
  [
    "ratification by the Assembly",
    "AmendmentChamberLost",
    (w) => [
      ask(w, "setTargetFunctionRole", w.amendments.target, [selector("ratify(bytes32)")], ROLE.assembly),
    ],
  ],
  [
    "approval by anybody",
    "AmendmentChamberLost",
    (w) => [
      ask(w, "setTargetFunctionRole", w.amendments.target, [selector("approve(bytes32)")], (1n << 64n) - 1n),
    ],
  ],
  [
    "a Council that needs longer than the Board waits",
    "AmendmentVetoLost",
    (w) => [act(w.council.chamber, "setVotingPeriod", [6 * DAY])],
  ],
  [
    "a Council whose acts wait as long",
    "AmendmentVetoLost",
    (w) => [act(w.council.chamber, "setBaseDelaySeconds", [DAY])],
  ],
];

describe("Amendments: what they cannot do", () => {
  const world = useChambers();

  for (const [what, error, acts] of REFUSED) {
    it(`refuse ${what}`, async () => {
      const w = world();
      const amending = await ready(w, await Promise.all(acts(w)));
      await expect(w.amendments.execute(...amending)).to.be.revertedWithCustomError(w.amendments, error);
    });
  }

  for (const role of BOARD_ROLES) {
    it(`refuse a Board that cannot be vetoed in role ${role}`, async () => {
      const w = world();
      const board = w.board.chamber.target;
      const needed = await w.amendments.vetoTime();
      expect(needed).to.equal(BigInt(8 * DAY));
      for (const acts of [
        [ask(w, "grantRole", role, board, needed)],
        [ask(w, "grantRole", role, board, 0)],
        [ask(w, "revokeRole", role, board), ask(w, "grantRole", role, board, needed)],
        [ask(w, "setRoleGuardian", role, ROLE.admin)],
        [ask(w, "setRoleAdmin", role, ROLE.council)],
        [ask(w, "setRoleAdmin", role, role)],
      ]) {
        const amending = await ready(w, await Promise.all(acts));
        await expect(w.amendments.execute(...amending)).to.be.revertedWithCustomError(
          w.amendments,
          "AmendmentVetoLost",
        );
      }
    });
  }

  it("let the Board wait a second longer than the Council needs, and change both together", async () => {
    const w = world();
    const board = w.board.chamber.target;
    await amend(w, [await ask(w, "grantRole", ROLE.registrar, board, 8 * DAY + 1)]);
    await amend(
      w,
      await Promise.all([
        act(w.council.chamber, "setVotingPeriod", [10 * DAY]),
        ...BOARD_ROLES.map((role) => ask(w, "grantRole", role, board, BOARD_DELAY + 5 * DAY)),
      ]),
    );
    expect(await w.amendments.vetoTime()).to.equal(BigInt(13 * DAY));
  });

  it("take a role from the Board altogether", async () => {
    const w = world();
    await amend(w, [await ask(w, "revokeRole", ROLE.treasurer, w.board.chamber.target)]);
    expect((await w.charter.hasRole(ROLE.treasurer, w.board.chamber))[0]).to.equal(false);
  });

  it("put another Assembly in the place of the first, where it is a contract that can decide now", async () => {
    const w = world();
    await amend(
      w,
      await Promise.all([
        ask(w, "revokeRole", ROLE.assembly, w.assembly.chamber.target),
        ask(w, "grantRole", ROLE.assembly, w.board.chamber.target, 0),
      ]),
    );
    expect(await w.charter.lastHolder(ROLE.assembly)).to.equal(w.board.chamber.target);
  });
});
