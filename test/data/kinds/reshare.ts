import { formatCredits } from "../../../src/core/money.ts";
import { readReshareAction } from "../../../src/connectors/reshare/actions.ts";
import { readDirectory } from "../../../src/connectors/reshare/directory.ts";
import { readReshareRequests } from "../../../src/connectors/reshare/requests.ts";
import { textOf, type Reader } from "../row.ts";

/** What staff do on a request of ReShare: on which side, whether it completes the supply, at what cost; or a request. */
export const readReshareFile: Reader = (file) => {
  const source = JSON.parse(textOf(file)) as object;
  if (!("action" in source)) {
    const { drafts, omissions } = readReshareRequests(source, { currency: "EUR" });
    return { drafts: drafts.length, omissions: omissions.length };
  }
  const { action, side, effect, cost } = readReshareAction(source);
  return {
    action,
    side,
    completes: effect === "supplied" || effect === "received" ? effect : undefined,
    cost: cost === undefined ? undefined : `${formatCredits(cost.amount)} ${cost.currency}`,
  };
};

/** The institutions of a directory by name, with the agencies that their symbols stand for. */
export const readDirectoryFile: Reader = (file) => {
  const { institutions, omissions } = readDirectory(JSON.parse(textOf(file)));
  return {
    institutions: institutions.map(({ name, agencies }) => ({ name, agencies })),
    withoutSymbol: omissions.filter(({ reason }) => reason === "no-symbol").length,
  };
};
