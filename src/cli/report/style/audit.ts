import { css, type Html } from "../html.ts";

/** What only audits show: verdicts, findings by code, and what folds. */
export const AUDIT: Html = css`
  .sound {
    margin-top: 1.8rem;
    padding: 0.9rem 1.2rem;
    border-left: 3px solid var(--given);
    background: var(--wash);
    color: var(--ink);
  }

  .doubtful {
    border-left-color: var(--drawn);
  }

  .doubtful strong {
    color: var(--loss);
  }

  .range {
    margin: 1.1rem 0 2rem;
  }

  .code h3 {
    margin: 2.2rem 0 0.1rem;
    font-size: 1rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .code h3 + p {
    margin: 0;
    max-width: 44rem;
    color: var(--soft);
  }

  .code caption {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  .code .scroll {
    position: relative;
    margin-top: 0.5rem;
  }

  .times {
    color: var(--soft);
    font-weight: 400;
  }

  .hash {
    display: block;
    max-width: 9em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--soft);
  }

  .said {
    display: inline-block;
    max-width: 15em;
    overflow-wrap: break-word;
  }

  .code tbody > tr > * {
    vertical-align: top;
  }

  .code tbody th {
    min-width: 15rem;
  }

  .code td bdi,
  .place {
    white-space: nowrap;
  }

  .code td .said {
    white-space: normal;
  }

  summary {
    padding: 0.5rem 0;
    cursor: pointer;
  }

  .part > summary {
    color: var(--soft);
    font-size: 0.86rem;
  }

  .account {
    border-bottom: 1px solid var(--rule);
  }

  .account[open] {
    padding-bottom: 1.6rem;
  }

  .account .scroll {
    margin: 0.4rem 0 0;
    max-width: 44rem;
  }

  .balance {
    float: right;
    color: var(--soft);
  }

  .within {
    padding-left: 1.2rem;
    color: var(--soft);
  }
`;
