import { css, type Html } from "../html.ts";

/** Charts take their colours from the theme. */
export const CHART: Html = css`
  figure {
    margin: 1.2rem 0 0;
    overflow-x: auto;
  }

  figure svg {
    display: block;
    width: 100%;
    min-width: 40rem;
    height: auto;
  }

  figcaption {
    padding: 0.5rem 0 0;
    color: var(--soft);
    font-size: 0.82rem;
  }

  svg text {
    fill: var(--ink);
    font: 12px var(--sans);
  }

  svg .soft {
    fill: var(--soft);
    font-size: 10.5px;
  }

  svg .grid {
    stroke: var(--rule);
    stroke-width: 1;
  }

  svg .axis {
    stroke: var(--ink);
    stroke-width: 1;
  }

  svg .given {
    fill: var(--given);
  }

  svg .drawn {
    fill: var(--drawn);
  }

  svg .held {
    fill: var(--held);
  }

  svg .mark {
    fill: var(--paper);
    stroke: var(--ink);
    stroke-width: 1.6;
  }

  .key {
    margin-right: 1.3rem;
  }

  .key::before {
    content: "";
    display: inline-block;
    width: 0.7em;
    height: 0.7em;
    margin: 0 0.45em 0 0;
    border-radius: 2px;
    background: var(--given);
  }

  .key.drawn::before {
    background: var(--drawn);
  }

  .key.held::before {
    background: var(--held);
  }

  .key.mark::before {
    border: 1.6px solid var(--ink);
    border-radius: 50%;
    background: none;
  }
`;
