import { css, type Html } from "../html.ts";

/** On paper: light, smaller, and nothing cut in two. */
export const PRINT: Html = css`
  @media print {
    :root {
      --paper: #fff;
      --ink: #000;
      --soft: #555;
      --rule: #ccc;
      --wash: #f2f2f2;
      --given: #1f6f6b;
      --given-rgb: 31 111 107;
      --drawn: #b9772b;
      --held: #8a8574;
      --loss: #8f5616;
      --alarm: #a32f24;
      color-scheme: light;
    }
    @page {
      size: A4;
      margin: 18mm 15mm;
    }
    * {
      -webkit-print-color-adjust: exact;
      print-color-adjust: exact;
    }
    html {
      font-size: 8.6pt;
    }
    body {
      max-width: none;
      padding: 0;
    }
    h2 {
      margin-top: 3rem;
      break-after: avoid;
    }
    h2 + p {
      break-after: avoid;
    }
    .figures {
      grid-template-columns: repeat(3, 1fr);
    }
    .figures.four {
      grid-template-columns: repeat(4, 1fr);
    }
    .pair {
      grid-template-columns: 1fr 1fr;
    }
    th,
    td {
      padding-left: 0.9rem;
    }
    .flows {
      font-size: 0.68rem;
    }
    .flows th,
    .flows td {
      padding: 0.3rem;
    }
    .scroll,
    figure {
      overflow: visible;
    }
    figure svg {
      min-width: 0;
    }
    tfoot {
      display: table-row-group;
    }
    tr,
    figure,
    .figures {
      break-inside: avoid;
    }
    nav,
    .skip {
      display: none;
    }
    .code .hash {
      max-width: 16em;
      white-space: normal;
    }
    a {
      text-decoration: none;
    }
  }
`;
