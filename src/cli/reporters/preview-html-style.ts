/** The style sheet of the page: light and dark, on paper, and without anything from elsewhere. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1b1f24; --muted: #565f6a; --line: #d5dae0; --link: #0a58b5;
  --good: #116329; --good-back: #e3f6e8; --fair: #7a4b00; --fair-back: #fff3d6; --bad: #a1161b; --bad-back: #fdeaea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1318; --card: #171c23; --text: #e7eaee; --muted: #a3adb8; --line: #323a44; --link: #7db7ff;
    --good: #6fdd8b; --good-back: #12301c; --fair: #f0c15c; --fair-back: #35290c; --bad: #ff9a94; --bad-back: #3d1717;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
main, header, footer { max-width: 90rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
p { margin: .4rem 0; }
a { color: var(--link); }
code, .place { font-family: ui-monospace, "SFMono-Regular", "DejaVu Sans Mono", monospace; font-size: .85em; overflow-wrap: anywhere; }
.muted, .place { color: var(--muted); }
nav { margin: .75rem 0 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }
.cards li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem 1rem; }
.cards strong { display: block; font-size: 1.55rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.facts { display: grid; grid-template-columns: minmax(4rem, max-content) 1fr; gap: .15rem 1.25rem; margin: 1rem 0 0; }
.facts dt { color: var(--muted); overflow-wrap: anywhere; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.notice { border: 1px solid var(--bad); background: var(--bad-back); color: var(--bad); border-radius: .5rem; padding: .7rem 1rem; margin: 1.25rem 0 0; }
.notice.fair { border-color: var(--fair); background: var(--fair-back); color: var(--fair); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .92em; }
caption { text-align: left; padding: .6rem .8rem; color: var(--muted); }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem; border-top: 1px solid var(--line); }
thead th { color: var(--muted); font-weight: 600; font-size: .85rem; white-space: nowrap; border-top: 0; }
caption + thead th { border-top: 1px solid var(--line); }
tbody th { font-weight: 600; overflow-wrap: anywhere; min-width: 12rem; max-width: 22rem; }
tbody th .muted, tbody th .place { font-weight: 400; }
td.number { font-variant-numeric: tabular-nums; }
tr.more > td { border-top-style: dotted; }
td.wide { min-width: 10rem; overflow-wrap: anywhere; }
td.why { min-width: 13rem; overflow-wrap: anywhere; }
td.why code:first-child { color: var(--bad); }
td.at { min-width: 11rem; }
.badge { display: inline-block; min-width: 4rem; text-align: center; border: 1px solid; border-radius: 1rem; padding: 0 .6rem; font-size: .82rem; font-weight: 600; white-space: nowrap; }
.good { color: var(--good); } .fair { color: var(--fair); } .bad { color: var(--bad); }
.badge.good { background: var(--good-back); } .badge.fair { background: var(--fair-back); } .badge.bad { background: var(--bad-back); }
.badge.off { color: var(--muted); }
ul.plain { list-style: none; margin: 0; padding: 0; }
details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; }
details[hidden] { display: none; }
summary { cursor: pointer; padding: .55rem .9rem; display: flex; flex-wrap: wrap; gap: .1rem .8rem; align-items: baseline; }
summary::before { content: "\\25B8"; color: var(--muted); }
details[open] > summary::before { content: "\\25BE"; }
summary::-webkit-details-marker { display: none; }
summary .name { font-weight: 600; overflow-wrap: anywhere; }
details .scroll { border: 0; border-top: 1px solid var(--line); border-radius: 0 0 .5rem .5rem; }
details > p { margin: .2rem .9rem .6rem; }
ul.brief { border-top: 1px solid var(--line); padding: .5rem .9rem; }
ul.brief li { padding: .2rem 0; overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: .75rem 0; }
form[hidden] { display: none; }
label { display: grid; gap: .15rem; font-size: .85rem; color: var(--muted); }
input, select, button { font: inherit; color: var(--text); background: var(--card); border: 1px solid var(--muted); border-radius: .4rem; padding: .35rem .6rem; }
input { width: min(26rem, 80vw); }
button { cursor: pointer; }
footer { padding-top: 1.5rem; padding-bottom: 3rem; color: var(--muted); font-size: .9rem; }
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --card: #fff; --text: #000; --muted: #444; --line: #bbb; --link: #000;
    --good: #0b4a1d; --good-back: #fff; --fair: #5c3900; --fair-back: #fff; --bad: #8a1115; --bad-back: #fff;
  }
  body { font-size: 9.5pt; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  form, nav, summary::before { display: none; }
  .scroll { overflow: visible; }
  tr, summary { break-inside: avoid; }
  h2, summary { break-after: avoid; }
}
`;
