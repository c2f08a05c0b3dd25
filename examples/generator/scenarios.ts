import { PECULIAR } from "./peculiar.ts";
import type { Scenario } from "./scenario.ts";
import { UNBILLED } from "./unbilled.ts";

/** Everything in the example month that is not plain. The order is part of the month: requests are numbered by it. */
export const SCENARIOS: readonly Scenario[] = [...UNBILLED, ...PECULIAR];
