// Style: the style sheet of the HTML report. It asks for nothing from outside: system fonts, no images.

export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --ink: #16202c; --soft: #556474; --line: #dde3ea; --code: #f1f4f7;
  --critical: #9d1239; --high: #b3400a; --medium: #7a5b00; --low: #3c5a80; --good: #17694a; --accent: #1f5fae;
  --warn-card: #fff6e0; --warn-line: #e2b64a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10161d; --card: #18212b; --ink: #e4eaf1; --soft: #9fb0c1; --line: #2b3845; --code: #111a23;
    --critical: #ff8fa9; --high: #ffa371; --medium: #e6c35c; --low: #a3c2ea; --good: #6fd3a8; --accent: #82b5f5;
    --warn-card: #2a2413; --warn-line: #8a6d1d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main, footer, header > div { max-width: 1180px; margin: 0 auto; padding: 0 20px; }
header { background: var(--card); border-bottom: 1px solid var(--line); padding: 22px 0 18px; }
h1 { font-size: 24px; line-height: 1.25; margin: 6px 0 4px; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 34px 0 12px; font-weight: 650; }
.mark { display: flex; align-items: center; gap: 8px; color: var(--soft); font-weight: 600; }
.mark svg { width: 22px; height: 22px; color: var(--accent); }
.meta { color: var(--soft); margin: 0; overflow-wrap: anywhere; }
code, .path { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin: 22px 0 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-top: 3px solid currentColor; border-radius: 8px; padding: 10px 14px 12px; }
.tile b { display: block; font-size: 28px; line-height: 1.15; font-weight: 650; font-variant-numeric: tabular-nums; }
.tiles + .meta { margin-top: 10px; }
.tile.none { color: var(--soft); border-top-color: var(--line); }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); } .low { color: var(--low); }
.good { color: var(--good); }
.notice { background: var(--warn-card); border: 1px solid var(--warn-line); border-radius: 8px; padding: 12px 16px; margin: 22px 0 0; }
.notice + .card { margin-top: 12px; }
.notice h2 { margin: 0 0 6px; font-size: 15px; }
.notice ul { margin: 0; padding-left: 20px; }
.notice li { margin: 3px 0; overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 12px; }
.edition { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1.3fr) minmax(0, 1.5fr); gap: 6px 24px; align-items: center; padding: 12px 16px; }
.edition h3 { margin: 0; font-size: 15px; font-weight: 600; }
.edition p { margin: 0; color: var(--soft); }
.score b { font-size: 19px; font-variant-numeric: tabular-nums; }
.band { display: block; width: 100%; height: 8px; margin-top: 4px; }
.band rect { fill: var(--line); } .band .sure { fill: var(--accent); } .band .open { fill: var(--accent); opacity: .35; } .band .value { fill: var(--ink); }
details > summary { cursor: pointer; }
summary:focus-visible, input:focus-visible, select:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 13px; }
th, td { padding: 6px 16px; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.date { white-space: nowrap; }
.controls > summary { padding: 8px 16px; border-top: 1px solid var(--line); color: var(--soft); font-size: 14px; }
.scroll { overflow-x: auto; }
.scroll table { min-width: 620px; }
th { white-space: nowrap; }
.filters { display: flex; flex-wrap: wrap; gap: 10px 16px; align-items: center; position: sticky; top: 0; background: var(--page); padding: 10px 0; z-index: 1; }
.filters[hidden] { display: none; }
.filters input[type=search] { flex: 1 1 260px; min-width: 0; }
.filters input[type=search], .filters select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 6px 10px; }
.filters select { max-width: 100%; }
.filters label { display: inline-flex; gap: 6px; align-items: center; font-size: 14px; }
.filters fieldset { display: flex; flex-wrap: wrap; gap: 4px 14px; border: 0; padding: 0; margin: 0; }
.filters legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.shown { color: var(--soft); font-size: 14px; min-height: 1.5em; margin: 0 0 8px; }
.resource { content-visibility: auto; contain-intrinsic-size: auto 700px; }
.resource > summary { position: relative; padding: 10px 16px 10px 34px; display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: baseline; list-style: none; }
.resource > summary::-webkit-details-marker { display: none; }
.resource > summary::before { content: "\\25B8"; position: absolute; left: 16px; color: var(--soft); }
.resource[open] > summary::before { content: "\\25BE"; }
.resource h3 { margin: 0; font-size: 15px; font-weight: 600; overflow-wrap: anywhere; }
.resource .path { color: var(--soft); }
.resource .sum { margin-left: auto; font-size: 13px; display: flex; gap: 10px; }
.alike { margin: 0; padding: 0 16px 8px 34px; columns: 2 320px; }
.finding { display: grid; grid-template-columns: 76px minmax(0, 1fr); gap: 0 12px; padding: 9px 16px 10px; border-top: 1px solid var(--line); }
.finding[hidden], .resource[hidden] { display: none; }
.badge { font-size: 12px; font-weight: 650; letter-spacing: .02em; padding-top: 2px; }
.finding h4 { margin: 0; font-size: 14px; font-weight: 600; }
.finding h4 code { color: var(--soft); font-weight: 400; }
.finding ul { margin: 3px 0; padding: 0; list-style: none; font-size: 14px; }
.finding .note { color: var(--soft); }
.finding li { padding: 1px 0; }
.finding li code { background: var(--code); border-radius: 4px; padding: 1px 5px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.finding li .expected { color: var(--good); font-size: 14px; }
.finding li .line { color: var(--soft); font-size: 13px; margin-left: 6px; }
.finding .fix { margin: 2px 0 0; color: var(--soft); font-size: 14px; overflow-wrap: anywhere; }
.finding .fix b { font-weight: 600; color: var(--good); }
.empty { padding: 26px 16px; text-align: center; color: var(--soft); }
footer { color: var(--soft); font-size: 13px; padding-top: 36px; padding-bottom: 60px; }
@media (max-width: 640px) {
  main, footer, header > div { padding-left: 14px; padding-right: 14px; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .edition { grid-template-columns: 1fr; }
  .alike { padding-left: 16px; }
  .finding { grid-template-columns: 1fr; }
  .resource .sum { margin-left: 0; }
  .filters { position: static; }
  th, td { padding: 6px 10px; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --code: #fff; --critical: #9d1239; --high: #b3400a; --medium: #7a5b00; --low: #3c5a80; --good: #17694a; --accent: #1f5fae; --warn-card: #fff; --warn-line: #bbb; }
  body { font-size: 11pt; }
  .filters, .shown { display: none; }
  .resource { content-visibility: visible; }
  .finding, .tile, .edition, tr { break-inside: avoid; }
  header { border: 0; }
}
`
