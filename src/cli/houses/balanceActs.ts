import { resourceId, serviceId } from "../../core/ids.ts";
import { ACTS as DEEDS } from "../../core/licence.ts";
import { parseCredits } from "../../core/money.ts";
import { parsePeriod } from "../../core/period.ts";
import { ANY_TIER, UNITS } from "../../core/schedule.ts";
import { prepareAccreditation } from "../../sdk/attestors.ts";
import { prepareCompensationNaming } from "../../sdk/compensation.ts";
import { prepareRelief, prepareReliefEnd } from "../../sdk/reliefs.ts";
import { prepareCommercial, prepareReassignment } from "../../sdk/resources.ts";
import { prepareDescription } from "../../sdk/schedules.ts";
import { memberNamed } from "../shell/context.ts";
import { addressOf, oneOf, percent, switched } from "../terms/named.ts";
import { act, whole, type Act } from "./act.ts";

/** What of a relief can be left open is written so. */
const ANY = "any";

/** What houses decide about prices, relief, works and compensation. Services and works are named by their numbers. */
export const BALANCE_ACTS: Readonly<Record<string, Act>> = {
  describe: act("board", ["service", "unit", "act"], (c, [service, unit = "", deed = ""]) =>
    prepareDescription(c, {
      service: serviceId(whole(service)),
      unit: oneOf(UNITS)(unit),
      act: oneOf(DEEDS)(deed),
    }),
  ),
  relieve: act(
    "board",
    ["share", "service|any", "region|any", "tier|any", "month", "member-cap", "cap"],
    (c, [share = "", service = "", region = "", tier = "", from = "", memberCap = "", cap = ""]) =>
      prepareRelief(c, {
        share: percent(share),
        service: service === ANY ? 0 : serviceId(whole(service)),
        region: region === ANY ? 0 : whole(region),
        tier: tier === ANY ? ANY_TIER : whole(tier),
        from: parsePeriod(from),
        until: 0,
        ...{ memberCap: parseCredits(memberCap), cap: parseCredits(cap) },
      }),
  ),
  "end-relief": act("board", ["relief", "month"], (c, [relief, last = ""]) =>
    prepareReliefEnd(c, { relief: whole(relief), last: parsePeriod(last) }),
  ),
  accredit: act("board", ["key", "service", "on|off"], (c, [key = "", service, word = ""]) =>
    prepareAccreditation(c, {
      key: addressOf(key),
      service: serviceId(whole(service)),
      accredited: switched(word),
    }),
  ),
  reassign: act("board", ["work", "holder"], async (c, [work, holder = ""]) =>
    prepareReassignment(c, {
      resource: resourceId(whole(work)),
      holder: await memberNamed(c, holder),
    }),
  ),
  commercial: act("board", ["kind", "on|off"], (c, [kind, word = ""]) =>
    prepareCommercial(c, { kind: whole(kind), commercial: switched(word) }),
  ),
  compensate: act(
    "council",
    ["month", "member", "share", "cap"],
    async (c, [month = "", name = "", share = "", cap = ""]) =>
      prepareCompensationNaming(c, {
        period: parsePeriod(month),
        members: [{ member: await memberNamed(c, name), rate: percent(share), cap: parseCredits(cap) }],
      }),
  ),
};
