import { css, type Html } from "../html.ts";

/** Tables: hairlines, figures below one another, and shaded flows. */
export const TABLE: Html = css`
  .scroll {
    overflow-x: auto;
    margin: 1.2rem 0 0;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.86rem;
    line-height: 1.4;
  }

  caption {
    padding: 0 0 0.7rem;
    text-align: left;
    color: var(--soft);
    font-size: 0.82rem;
  }

  th,
  td {
    padding: 0.45rem 0 0.45rem 1.4rem;
    text-align: left;
    vertical-align: baseline;
    font-weight: 400;
  }

  th:first-child,
  td:first-child {
    padding-left: 0;
  }

  thead th {
    border-bottom: 1px solid var(--ink);
    color: var(--soft);
    font-size: 0.78rem;
    vertical-align: bottom;
  }

  tbody tr + tr > * {
    border-top: 1px solid var(--rule);
  }

  tfoot > tr > * {
    border-top: 1px solid var(--ink);
    font-weight: 600;
  }

  .n {
    text-align: right;
    white-space: nowrap;
  }

  .sub {
    display: block;
    color: var(--soft);
    font-size: 0.78rem;
  }

  .nil {
    color: var(--soft);
  }

  .gain {
    color: var(--given);
  }

  .loss {
    color: var(--loss);
  }

  .alarm {
    color: var(--alarm);
  }

  code {
    font:
      0.92em/1.4 ui-monospace,
      "SF Mono",
      Menlo,
      Consolas,
      "Liberation Mono",
      monospace;
    overflow-wrap: anywhere;
  }

  .key-column {
    white-space: nowrap;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 0 4rem;
    align-items: start;
  }

  .flows {
    font-size: 0.76rem;
  }

  .flows td {
    padding: 0.5rem;
    text-align: right;
    white-space: nowrap;
    border: 2px solid var(--paper);
    background: rgb(var(--given-rgb) / calc(var(--heat, 0) * 0.5));
  }

  .flows th {
    padding: 0.5rem;
  }

  .flows tbody th {
    padding-left: 0;
    white-space: nowrap;
    border: 0;
  }

  .flows thead th + th {
    text-align: right;
    font-size: 0.74rem;
  }

  .flows td.self {
    background: var(--wash);
  }
`;
