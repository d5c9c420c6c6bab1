/// The look of the pages: a book's text face, one accent colour, hairlines instead of boxes.
enum Stylesheet {
  static let css = """
    :root {
      color-scheme: light dark;
      --paper: #fdfcf9; --ink: #22201c; --faint: #6f6a60; --line: #ddd7ca; --wash: #f4f0e6;
      --accent: #8a2f24; --heat: 138, 47, 36;
      --good: #3d6b3a; --fair: #9a6a12; --poor: #a33226; --excellent: #23616b;
      --text: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "Source Serif 4", Georgia, \
    "Liberation Serif", serif;
      --sans: "Inter", "Helvetica Neue", "Segoe UI", "Liberation Sans", Arial, sans-serif;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #1a1917; --ink: #e6e1d6; --faint: #9c9587; --line: #3a3732; --wash: #24221f;
        --accent: #e0968a; --heat: 224, 150, 138;
        --good: #8fc18a; --fair: #dcb264; --poor: #e58a7d; --excellent: #7fc3cd;
      }
    }
    * { box-sizing: border-box; }
    html { font-size: 17px; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--text);
      font-variant-numeric: oldstyle-nums; text-rendering: optimizeLegibility; }
    main { max-width: 46rem; margin: 0 auto; padding: 3.5rem 1.5rem 5rem; }
    h1 { font-size: 2.1rem; line-height: 1.2; font-weight: 500; margin: 0 0 .4rem; letter-spacing: -.01em; }
    h2 { font-size: 1.35rem; font-weight: 500; margin: 3.2rem 0 .8rem; padding-top: .7rem;
      border-top: 1px solid var(--ink); }
    h3 { font-size: 1.05rem; font-weight: 600; margin: 1.8rem 0 .5rem; }
    p { margin: 0 0 .8rem; }
    a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .15em; }
    .lead { font-size: 1.1rem; color: var(--faint); }
    .small, footer, caption, figcaption { font-size: .82rem; color: var(--faint); }
    nav { margin: 1.4rem 0 0; font: .82rem/1.9 var(--sans); }
    nav a { margin-right: 1.1rem; text-decoration: none; white-space: nowrap; }
    nav a:hover { text-decoration: underline; }
    .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.2rem, 1fr)); gap: 0 1.6rem;
      margin: 2rem 0 0; padding: 0; }
    .figures div { border-top: 1px solid var(--line); padding: .5rem 0 .9rem; }
    .figures dt { font: .74rem/1.3 var(--sans); color: var(--faint); }
    .figures dd { margin: 0; font-size: 1.55rem; line-height: 1.25; }
    .wide { overflow-x: auto; margin: 0 0 .8rem; }
    table { border-collapse: collapse; width: 100%; font-size: .88rem; line-height: 1.4;
      font-variant-numeric: lining-nums tabular-nums; }
    th { font: 600 .74rem/1.35 var(--sans); color: var(--faint); text-align: left; vertical-align: bottom; }
    th, td { padding: .38rem .8rem .38rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
    thead th { border-bottom: 1px solid var(--ink); }
    td.n, th.n { text-align: right; }
    td.n { white-space: nowrap; }
    code, .sign { font: .86em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
      background: var(--wash); padding: .05em .3em; border-radius: 2px; white-space: pre-wrap; }
    .arrow { color: var(--faint); padding: 0 .3em; }
    .grade { font: 600 .74rem/1 var(--sans); white-space: nowrap; }
    .grade::before { content: ""; display: inline-block; width: .55em; height: .55em; border-radius: 50%;
      margin-right: .45em; background: currentColor; }
    .poor { color: var(--poor); } .fair { color: var(--fair); }
    .good { color: var(--good); } .excellent { color: var(--excellent); }
    ul.reasons { margin: .1rem 0 0; padding: 0; list-style: none; font-size: .82rem; color: var(--faint); }
    details { border-bottom: 1px solid var(--line); }
    details > summary { cursor: pointer; padding: .5rem 0; list-style-position: outside; }
    details > summary::marker { color: var(--accent); }
    details[open] > summary { color: var(--accent); }
    details > :last-child { margin-bottom: 1rem; }
    blockquote { margin: .3rem 0 1rem; padding: 0 0 0 1.1rem; border-left: 2px solid var(--line); }
    blockquote p { margin: 0 0 .15rem; }
    ol.outline { list-style: none; margin: 0; padding: 0; }
    ol.outline li { display: flex; gap: .6rem; align-items: baseline; }
    ol.outline .dots { flex: 1; border-bottom: 1px dotted var(--line); transform: translateY(-.25em); }
    .l2 { padding-left: 1.2rem; } .l3 { padding-left: 2.4rem; } .l4, .l5, .l6 { padding-left: 3.6rem; }
    svg { display: block; width: 100%; height: auto; overflow: visible; }
    svg text { font: 10px var(--sans); fill: var(--faint); }
    svg .bar { fill: var(--accent); } svg .axis { stroke: var(--line); stroke-width: 1; }
    svg .tick { stroke: var(--accent); stroke-width: 1.2; opacity: .75; }
    .heat { text-align: center !important; padding-right: .3rem; padding-left: .3rem; min-width: 3.2rem; }
    .heat .share { display: block; font-size: .72rem; opacity: .7; }
    .cross td.total, .cross tr.total td { text-align: center; color: var(--faint); }
    .cross th[scope=col] { text-align: center; padding-left: .3rem; padding-right: .3rem; }
    .cross th[scope=row], .map th[scope=row] { font: .88rem/1.4 var(--text); color: var(--ink); }
    .map th[scope=col] { font-weight: 500; padding: 0 .25rem .3rem; text-align: center; hyphens: auto; }
    .map td.heat { border: 1px solid var(--paper); min-width: 2.2rem; font-size: .8rem; }
    .h0 { color: var(--faint); }
    .h1 { background: rgba(var(--heat), .06); } .h2 { background: rgba(var(--heat), .12); }
    .h3 { background: rgba(var(--heat), .19); } .h4 { background: rgba(var(--heat), .26); }
    .h5 { background: rgba(var(--heat), .34); } .h6 { background: rgba(var(--heat), .42); }
    .h7 { background: rgba(var(--heat), .5); } .h8 { background: rgba(var(--heat), .58); }
    .h9 { background: rgba(var(--heat), .66); }
    .kwic td { border: 0; padding: .12rem .4rem; white-space: pre; }
    .kwic .left { text-align: right; } .kwic .match { color: var(--accent); font-weight: 600; }
    .kwic .place { color: var(--faint); font-size: .8rem; }
    @media (max-width: 40rem) { html { font-size: 16px; } main { padding-top: 2rem; } }
    @media print {
      :root { --paper: #fff; --ink: #000; --faint: #555; --line: #ccc; --wash: #f3f3f3; --accent: #6d241b;
        --heat: 109, 36, 27; }
      html { font-size: 10.5pt; } main { max-width: none; padding: 0; }
      nav { display: none; } h2 { break-after: avoid; } tr, blockquote, svg { break-inside: avoid; }
      .wide { overflow: visible; }
      * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    }
    """
}
