import { html } from '../text/encode.ts'

/** What GitHub shows of the branch itself: what it is, and where each history is. Folder names hold letters, digits, dots and dashes only. */
export function branchReadme(folders: readonly string[]): string {
  const rows = folders.map(folder => {
    const key = folder.replace(/^history\//, '')
    return `- \`${key}\`: [lines](${folder}/), [page](${folder}/index.html) (open it from a clone, or serve this branch with GitHub Pages), [badge](${folder}/badge.json)`
  })
  return [
    '# Performance history',
    'Perf Verdict appends to this branch on each push to the default branch and each night. Lines are never changed; the pages and badges are drawn from them.',
    rows.join('\n'),
    'Results of other tools (`data.js` of github-action-benchmark, Bencher reports, asv results) in `imports/` are drawn in another colour.',
    '',
  ].join('\n\n')
}

/** The branch's page where it has several histories. */
export function keysText(folders: readonly string[]): string {
  const items = folders.map(folder => {
    const key = folder.replace(/^history\//, '')
    return `<li><a href="${html(folder)}/index.html">${html(key)}</a></li>`
  })
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Performance histories – Perf Verdict</title></head>',
    `<body><h1>Performance histories</h1><ul>${items.join('')}</ul></body></html>\n`,
  ].join('\n')
}
