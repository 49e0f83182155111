namespace XenMigrate.Reports;

/// <summary>The page's look, light, dark and on paper. No character of it may need escaping in XML.</summary>
internal static class HtmlStyle
{
    public const string Text = """

        :root {
          color-scheme: light dark;
          --page: #f6f6f3; --card: #fdfdfc; --ink: #1b1b19; --soft: #55544f; --faint: #85837b; --rule: #dfded8;
          --sent: #2a78d6; --sent-soft: #5b97e0; --dirtied: #d9682f; --pause: #6a4fc4; --band: #efecfa;
          --good: #1d7a3a; --good-tint: #e3f3e6; --warn: #8a5a00; --warn-tint: #fbefd2; --bad: #b3261e; --bad-tint: #fbe4e1;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #111110; --card: #1b1b1a; --ink: #f2f1ec; --soft: #bdbbb2; --faint: #8c8a82; --rule: #363531;
            --sent: #4c93ea; --sent-soft: #2a5c99; --dirtied: #e07a45; --pause: #a995f2; --band: #282440;
            --good: #7fd497; --good-tint: #16301d; --warn: #f0bf5a; --warn-tint: #37290b; --bad: #ff9c92; --bad-tint: #421a16;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; max-width: 72rem; padding: 2.5rem 1.5rem 4rem; background: var(--page); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
        }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; letter-spacing: -0.01em; }
        h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .5rem; }
        main h2:not(section h2) { margin-top: 2rem; }
        h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
        h2 .quiet { font-weight: 400; }
        .quiet { color: var(--soft); font-size: .9em; }
        header .quiet { margin: .25rem 0 0; }
        .lead { margin: .25rem 0 1rem; max-width: 60rem; }
        code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .85em; }
        a { color: var(--sent); }
        a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--sent); outline-offset: 2px; }
        section, .tile, main .scroll { background: var(--card); }
        section { border: 1px solid var(--rule); border-radius: 12px; padding: 1.5rem; margin-top: 2rem; }
        .tiles { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .75rem; padding: 0; margin: 1.75rem 0 0; }
        .tile { border: 1px solid var(--rule); border-radius: 12px; padding: .9rem 1.1rem; }
        .tile strong { display: block; font-size: 1.7rem; line-height: 1.2; font-weight: 650; }
        .tile span { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
        .tile.good strong { color: var(--good); } .tile.bad strong { color: var(--bad); }
        .scroll { overflow-x: auto; border: 1px solid var(--rule); border-radius: 8px; margin: .75rem 0; }
        .scroll.picture { border: 0; border-radius: 0; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .5rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); overflow-wrap: break-word; }
        tbody tr:last-child th, tbody tr:last-child td { border-bottom: 0; }
        thead th { color: var(--soft); font-weight: 500; white-space: nowrap; }
        tbody th { font-weight: 600; }
        tbody th .quiet { font-weight: 400; }
        .figure { text-align: right; white-space: nowrap; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .badge { display: inline-block; border-radius: 999px; padding: .05rem .65rem; font-size: .8rem; font-weight: 600; white-space: nowrap; vertical-align: middle; }
        .badge.good { color: var(--good); background: var(--good-tint); } .badge.warn { color: var(--warn); background: var(--warn-tint); }
        .badge.bad { color: var(--bad); background: var(--bad-tint); } .badge.none { color: var(--soft); background: var(--page); }
        .note { border-left: 4px solid var(--sent); background: var(--page); border-radius: 0 8px 8px 0; padding: .75rem 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
        .note.alarm { border-color: var(--bad); background: var(--bad-tint); }
        dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem 1.5rem; margin: 1rem 0 0; }
        dt { color: var(--soft); font-size: .8rem; } dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
        dl .long { grid-column: 1 / -1; } dl .long dd { font-weight: 400; }
        details { margin-top: .75rem; } summary { cursor: pointer; color: var(--soft); }
        pre { background: var(--page); border-radius: 8px; padding: .75rem 1rem; overflow: auto; max-height: 24rem; }
        figure { margin: 0; }
        svg { display: block; width: 100%; min-width: 44rem; height: auto; font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
        svg text { fill: var(--soft); font-variant-numeric: tabular-nums; }
        svg .panel { fill: var(--ink); font-size: 13px; font-weight: 600; } svg .key, svg .value { fill: var(--ink); }
        svg .tick { fill: var(--faint); } svg .strong { fill: var(--pause); font-weight: 700; } svg .inside { fill: #fff; font-weight: 600; }
        svg .value { paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
        svg .grid { stroke: var(--rule); stroke-width: 1; } svg .base { stroke: var(--faint); stroke-width: 1; }
        svg .sent { fill: var(--sent); } svg .dirtied { fill: var(--dirtied); } svg .pause { fill: var(--pause); }
        svg circle, svg .pause { stroke: var(--card); stroke-width: 2; } svg circle.predicted { fill: var(--card); stroke: var(--pause); }
        svg polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
        svg .sent-line { stroke: var(--sent); } svg .dirtied-line { stroke: var(--dirtied); }
        svg .predicted-line { stroke: var(--pause); stroke-dasharray: 2 4; stroke-linecap: round; }
        svg .band { fill: var(--band); } svg .ran { fill: var(--sent); } svg .ran.odd { fill: var(--sent-soft); } svg .still { fill: var(--pause); }
        svg .went { fill: var(--sent); } svg .refused { fill: var(--warn); } svg .broke { fill: var(--bad); } svg .row { font-weight: 600; fill: var(--ink); }
        svg .touch { fill: transparent; } svg .touch:hover { fill: var(--ink); fill-opacity: .05; }
        @media print {
          :root {
            --page: #fff; --card: #fff; --ink: #000; --soft: #444; --faint: #666; --rule: #bbb; --sent: #2a78d6; --sent-soft: #86b6ef;
            --dirtied: #d9682f; --pause: #6a4fc4; --band: #efecfa; --good: #14602c; --good-tint: #fff; --warn: #6f4800; --warn-tint: #fff; --bad: #9a1d16; --bad-tint: #fff;
          }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          body { max-width: none; padding: 0; font-size: 11px; }
          section { border: 0; border-top: 2px solid #000; border-radius: 0; padding: 1rem 0 0; }
          figure, tr, .tile { break-inside: avoid; } h2, h3 { break-after: avoid; }
          .scroll { overflow: visible; border: 0; } svg { min-width: 0; } pre { max-height: none; white-space: pre-wrap; }
          .badge { border: 1px solid currentColor; }
        }

        """;
}
