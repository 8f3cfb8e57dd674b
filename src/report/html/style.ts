/** The page's style: light and dark by the reader's own setting, no font and no picture from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --paper: #fff; --line: #d1d9e0; --tint: #f6f8fa;
  --base: #57606a; --head: #0969da; --bad: #cf222e; --good: #1a7f37; --warn: #9a6700; --band: #0969da22; --link: #0550ae }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --soft: #9198a1; --paper: #0d1117; --line: #3d444d;
  --tint: #151b23; --base: #9198a1; --head: #4493f8; --bad: #f85149; --good: #3fb950; --warn: #d29922; --band: #4493f833; --link: #79c0ff } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 24px 16px 64px; max-width: 960px; color: var(--text); background: var(--paper);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 22px; line-height: 1.35; margin: 0 0 8px } h2 { font-size: 18px; margin: 32px 0 8px }
h3 { font-size: 15px; margin: 20px 0 4px } p { margin: 4px 0 8px } ul, ol { margin: 4px 0 8px; padding-left: 24px }
.status { color: var(--soft); font-size: 13px } .word { font-weight: 600 }
.fail .word, .bad { color: var(--bad) } .pass .word, .good { color: var(--good) }
.undecided .word, .error .word, .open { color: var(--warn) }
code, pre { font: 12.5px/1.45 ui-monospace, SFMono-Regular, "Liberation Mono", monospace; background: var(--tint); border-radius: 5px }
code { padding: 1px 5px } pre { padding: 10px; overflow-x: auto; overflow-wrap: normal }
.scroll { overflow-x: auto } table { border-collapse: collapse; font-size: 14px; margin: 8px 0 }
th, td { border: 1px solid var(--line); padding: 5px 10px; text-align: left; vertical-align: top; overflow-wrap: normal }
td.figure, th.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
td small { display: block; color: var(--soft) } tr:nth-child(even) > * { background: var(--tint) }
article { border-top: 1px solid var(--line); margin-top: 32px } figure { margin: 8px 0 } figcaption { color: var(--soft); font-size: 13px }
svg { width: 100%; min-width: 520px; max-width: 720px; height: auto; display: block } svg text { font-size: 11px; fill: var(--soft) }
svg .grid { stroke: var(--line) } svg .zero { stroke: var(--soft) } svg .threshold { stroke: var(--bad); stroke-dasharray: 5 4 }
svg .median { stroke: var(--head); stroke-width: 1.5 } svg .interval { fill: var(--band) }
svg path.control { fill: none; stroke: var(--base) } svg path.head { fill: var(--head) }
svg .base { fill: var(--base) } svg .head { fill: var(--head) } svg .crowded { fill: var(--bad) }
svg circle.control { fill: none; stroke: var(--base) } svg circle { fill-opacity: .75 }
svg.flame { max-width: none; min-width: 720px } svg.flame text { font-size: 10.5px; fill: var(--text) } svg .even { fill: var(--line) }
svg .more { fill: var(--bad) } svg .less { fill: var(--good) } svg g:focus-visible { outline: 2px solid var(--head) }
.listing { font-size: 12.5px } .listing td { padding: 1px 6px; border-width: 0 1px } .listing td.edge { border-top: 2px solid var(--soft) } .listing .gap { color: var(--soft); text-align: center }
.listing td.code { font: 12px/1.4 ui-monospace, SFMono-Regular, "Liberation Mono", monospace; white-space: pre; min-width: 180px }
.listing .differs > td.figure { color: var(--bad); font-weight: 600 }
details { margin: 8px 0 } summary { cursor: pointer } summary h2 { display: inline; margin: 0 }
article > details > summary { padding: 8px 0 } article:target { scroll-margin-top: 8px } a { color: var(--link) }
.tools { margin: 16px 0 8px; display: flex; gap: 12px; flex-wrap: wrap; align-items: center } .tools[hidden], tr[hidden] { display: none }
.tools input, .tools select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 5px; padding: 2px 6px; max-width: 100% }
.tall { max-height: 80vh; overflow: auto } .tall thead th { position: sticky; top: 0; background: var(--paper); z-index: 1 }
caption { text-align: left; color: var(--soft); font-size: 13px; padding: 0 0 4px } tbody th { font-weight: inherit } th small { display: block; color: var(--soft); font-weight: 400 }
@media (max-width: 600px) { #benchmarks th, #benchmarks td { padding: 4px 6px } #benchmarks tbody th { min-width: 128px; overflow-wrap: anywhere } }
th button { all: unset; cursor: pointer; font-weight: 600 } th button:focus-visible, .scroll:focus-visible { outline: 2px solid var(--head) }
th[aria-sort='descending'] button::after { content: ' ↓' } th[aria-sort='ascending'] button::after { content: ' ↑' }
@media print { .tall { max-height: none; overflow: visible } .tools, nav { display: none } article { break-inside: avoid } }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 5px; margin: 0 4px 0 10px }
.key.base { background: var(--base) } .key.head { background: var(--head) } .key.ring { border: 1.5px solid var(--base) }
.key.more { background: var(--bad) } .key.less { background: var(--good) } .key.even { background: var(--line) }
.key.crowded { background: var(--bad) }
`
