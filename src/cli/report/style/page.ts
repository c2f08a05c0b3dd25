import { css, type Html } from "../html.ts";

/** Headings, headline figures and what surrounds them. */
export const PAGE: Html = css`
  body {
    margin: 0 auto;
    max-width: 70rem;
    padding: 4.5rem 2.5rem 3rem;
    background: var(--paper);
    color: var(--ink);
    font: 0.94rem/1.55 var(--sans);
    font-variant-numeric: tabular-nums lining-nums;
  }

  a {
    color: inherit;
    text-decoration-color: var(--rule);
    text-underline-offset: 0.2em;
  }

  a:hover {
    text-decoration-color: currentColor;
  }

  :focus-visible {
    outline: 2px solid var(--given);
    outline-offset: 3px;
  }

  .skip {
    position: absolute;
    left: -99rem;
  }

  .skip:focus {
    left: 1rem;
    top: 1rem;
  }

  .over {
    margin: 0;
    color: var(--soft);
    font-size: 0.8rem;
    letter-spacing: 0.09em;
    text-transform: uppercase;
  }

  h1,
  h2,
  .lede,
  .figures dt + dd {
    font-family: var(--serif);
    font-weight: 400;
  }

  h1 {
    margin: 0.35rem 0 1.4rem;
    font-size: 3.5rem;
    line-height: 1.06;
    letter-spacing: -0.018em;
    text-wrap: balance;
  }

  h2 {
    margin: 4.2rem 0 0.3rem;
    font-size: 1.7rem;
    line-height: 1.2;
    letter-spacing: -0.008em;
  }

  h2 + p,
  .about {
    margin: 0 0 1.6rem;
    max-width: 44rem;
    color: var(--soft);
  }

  .lede {
    margin: 0 0 2.6rem;
    max-width: 46rem;
    font-size: 1.3rem;
    line-height: 1.5;
    text-wrap: pretty;
  }

  h1:has(+ .facts) {
    margin-bottom: 0.4rem;
  }

  .facts {
    margin: 0 0 1.6rem;
    color: var(--soft);
  }

  .figures {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 2rem 2.2rem;
    margin: 0;
    padding: 1.7rem 0 1.8rem;
    border: solid var(--rule);
    border-width: 1px 0;
  }

  .figures.four {
    grid-template-columns: repeat(4, 1fr);
  }

  .figures div {
    display: flex;
    flex-direction: column;
  }

  .figures dd {
    margin: 0;
  }

  .figures dt + dd {
    order: -1;
    font-size: 2rem;
    line-height: 1.25;
    letter-spacing: -0.012em;
    white-space: nowrap;
  }

  .figures .note {
    color: var(--soft);
    font-size: 0.82rem;
    line-height: 1.4;
  }

  .verdict {
    margin: 1.1rem 0 0;
    color: var(--soft);
  }

  .verdict strong {
    color: var(--given);
    font-weight: 600;
  }

  .broken {
    margin-top: 1.8rem;
    padding: 0.9rem 1.2rem;
    border-left: 3px solid var(--alarm);
    background: var(--wash);
  }

  .broken,
  .broken li {
    color: var(--ink);
  }

  .broken strong {
    color: var(--alarm);
  }

  .broken ul {
    margin: 0.4rem 0 0;
    padding-left: 1.2rem;
  }

  nav {
    display: flex;
    flex-wrap: wrap;
    margin: 1.6rem 0 0;
    font-size: 0.88rem;
  }

  nav a {
    white-space: nowrap;
    margin-right: 1.4rem;
    color: var(--soft);
  }

  footer {
    margin: 5rem 0 0;
    padding: 1.2rem 0 0;
    border-top: 1px solid var(--rule);
    color: var(--soft);
    font-size: 0.82rem;
  }

  footer p {
    margin: 0 0 0.5rem;
    max-width: 50rem;
  }

  @media (max-width: 46rem) {
    .pair {
      grid-template-columns: 1fr;
    }

    body {
      padding: 2.2rem 1.2rem;
    }
    h1 {
      font-size: 2.5rem;
    }
    .figures,
    .figures.four {
      grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
    }
    .figures dt + dd {
      font-size: 1.5rem;
    }
  }
`;
