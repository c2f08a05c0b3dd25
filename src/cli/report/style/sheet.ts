import { css, type Html } from "../html.ts";
import { AUDIT } from "./audit.ts";
import { CHART } from "./chart.ts";
import { PAGE } from "./page.ts";
import { PRINT } from "./print.ts";
import { TABLE } from "./table.ts";
import { THEME } from "./theme.ts";

/** The look of every page; print comes last and overrides. */
export const STYLE: Html = css`
  ${THEME}${PAGE}${TABLE}${CHART}${AUDIT}${PRINT}
`;
