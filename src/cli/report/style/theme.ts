import { css, type Html } from "../html.ts";

/** Paper, ink and two colours: one for what is given and one for what is drawn. */
export const THEME: Html = css`
  :root {
    --paper: #fbfaf6;
    --ink: #22211e;
    --soft: #6a675f;
    --rule: #dedad0;
    --wash: #efebe1;
    --given: #1f6f6b;
    --given-rgb: 31 111 107;
    --drawn: #b9772b;
    --held: #8a8574;
    --loss: #8f5616;
    --alarm: #a32f24;
    --serif:
      "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, "Noto Serif", "Songti SC", serif;
    --sans: "Avenir Next", "Segoe UI", Inter, Roboto, "Helvetica Neue", Arial, "PingFang SC", sans-serif;
    color-scheme: light dark;
  }

  @media (prefers-color-scheme: dark) {
    :root {
      --paper: #191917;
      --ink: #e9e6dd;
      --soft: #a29e93;
      --rule: #3a3832;
      --wash: #262521;
      --given: #6bbab2;
      --given-rgb: 107 186 178;
      --drawn: #dea25c;
      --held: #8d897d;
      --loss: #dea25c;
      --alarm: #f08a7d;
    }
  }

  * {
    box-sizing: border-box;
  }

  html {
    -webkit-text-size-adjust: 100%;
  }
`;
