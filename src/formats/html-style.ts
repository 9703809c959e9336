/**
 * How the HTML report looks. Colours are pairs for light and dark with a contrast of at least 4.5,
 * and never the only sign: every status is also a word.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1c2024, #e8eaed);
  --soft: light-dark(#545b64, #a9b1bb);
  --paper: light-dark(#ffffff, #15181c);
  --card: light-dark(#f5f6f8, #1e2329);
  --rule: light-dark(#d5d9df, #363d46);
  --link: light-dark(#0b57b0, #8ab8ff);
  --bad: light-dark(#b3201c, #ff8f86);
  --warn: light-dark(#8a5a00, #f0b849);
  --good: light-dark(#1a6b3a, #6fd196);
  --cool: light-dark(#2a5fa5, #8cb9f2);
  --mute: light-dark(#5f6670, #a3abb5);
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 72rem;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
  color: var(--ink); background: var(--paper);
  overflow-wrap: break-word;
}
a { color: var(--link); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 3rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p, ul { margin: .5rem 0; }
code { font: .875em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
small, .soft { color: var(--soft); }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; }
.facts { display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; margin: .25rem 0 0; padding: 0; list-style: none; color: var(--soft); font-size: .9rem; }
.verdict { margin: 1.5rem 0; padding: 1rem 1.25rem; border: 1px solid var(--rule); border-left: .4rem solid var(--tone); border-radius: .5rem; background: var(--card); }
.verdict strong { color: var(--tone); font-size: 1.2rem; }
.verdict p:last-child { margin-bottom: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.cards li { padding: .75rem 1rem; border-radius: .5rem; background: var(--card); }
.cards b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.cards span { color: var(--soft); font-size: .875rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
.chart { display: block; width: 100%; height: 1.25rem; border-radius: .25rem; margin: .75rem 0 .25rem; }
.legend { display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; margin: 0 0 1rem; padding: 0; list-style: none; font-size: .875rem; }
.legend svg { width: .75rem; height: .75rem; margin-right: .4rem; vertical-align: -.05rem; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
caption { text-align: left; color: var(--soft); padding: .25rem 0 .5rem; }
th, td { padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th { font-weight: 600; }
thead th { color: var(--soft); font-size: .8rem; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tbody th { font-weight: 400; }
.id { font-weight: 600; white-space: nowrap; }
.wide { min-width: 16rem; } .place { min-width: 17rem; } .nowrap, td code.rule-name { white-space: nowrap; }
.tag { display: inline-block; padding: .05rem .5rem; border: 1px solid var(--tone); border-radius: 1rem; color: var(--tone); font-size: .8rem; font-weight: 600; white-space: nowrap; }
.bad { --tone: var(--bad); } .warn { --tone: var(--warn); } .good { --tone: var(--good); }
.cool { --tone: var(--cool); } .mute { --tone: var(--mute); }
rect.bad, rect.warn, rect.good, rect.cool, rect.mute { fill: var(--tone); }
.note { color: var(--warn); }
details { margin: .5rem 0; }
td details { margin: 0; }
.why { display: block; margin-top: .2rem; }
.rule caption { position: absolute; left: -9999px; }
summary { cursor: pointer; }
.rule { margin: 1.25rem 0 0; }
.rule > h3 { margin: 0; font-size: 1rem; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
.checklist { padding: 0; list-style: none; }
.checklist li { padding: .75rem 0; border-bottom: 1px solid var(--rule); }
.box { display: inline-block; width: .9rem; height: .9rem; margin-right: .5rem; border: 1.5px solid var(--soft); border-radius: .15rem; vertical-align: -.1rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 40rem) {
  body { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.4rem; }
  .stack thead { position: absolute; left: -9999px; }
  .stack tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--rule); }
  .stack th, .stack td { display: block; padding: .1rem 0; border: 0; text-align: left; min-width: 0; }
  .stack td:empty { display: none; }
  .stack td[data-label]::before { content: attr(data-label) " "; color: var(--soft); font-size: .8rem; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  nav, .skip { display: none; }
  a { color: inherit; text-decoration: none; }
  h2 { break-after: avoid; } h3, .rule > h3 { break-after: avoid; }
  tr, .verdict, .cards li, .checklist li { break-inside: avoid; }
  thead { display: table-header-group; }
  details::details-content { display: block; content-visibility: visible; }
  .scroll { overflow: visible; }
  table { font-size: 8.5pt; }
  th, td { padding: .35rem .5rem .35rem 0; }
  thead th { font-size: 7.5pt; }
  .wide { min-width: 45mm; } .place { min-width: 30mm; }
  .cards { grid-template-columns: repeat(6, 1fr); gap: .4rem; }
  .cards li { padding: .4rem .6rem; }
  .cards b { font-size: 1.3rem; }
  .cards span { font-size: 7.5pt; }
  .verdict, .cards li, .chart, rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@page { margin: 16mm 14mm; }
`;
