import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'

/**
 * Draws the pictures of docs/pictures that are not of a real run: the comment at 1, 12 and 100 rows, the page at 100 rows, and a terminal
 * while a gate of the example runs. Needs a Chromium, as scripts/render.mjs does, and script(1) for the terminal:
 *
 *   node scripts/pictures.mjs [FOLDER] [comment|html|terminal …]
 */
const [folder = 'docs/pictures', ...only] = process.argv.slice(2)
const wanted = kind => only.length === 0 || only.includes(kind)
const work = mkdtempSync(join(tmpdir(), 'perf-verdict-pictures-'))

const SHAPES = [
  ['light', 'light', '900', '1'],
  ['dark', 'dark', '900', '1'],
  ['phone', 'light', '390', '2'],
]

try {
  const { comments, page } = await samples()
  if (wanted('comment'))
    for (const [rows, text] of Object.entries(comments)) {
      const file = join(work, `comment-${rows}.md`)
      writeFileSync(file, text)
      // Twelve rows look on a phone as a hundred do.
      for (const shape of SHAPES)
        if (rows !== '12' || shape[0] !== 'phone') draw(file, `comment-${rows}`, shape)
    }
  if (wanted('html')) {
    const file = join(work, 'html-100.html')
    writeFileSync(file, page)
    // A page is as long as its articles; its first screens are what is looked at.
    for (const [name, theme, width, scale] of SHAPES)
      draw(file, 'html-100', [name, theme, name === 'phone' ? width : '1200', scale, '1500'])
  }
  if (wanted('terminal')) {
    const file = join(work, 'terminal.html')
    writeFileSync(file, screenPage(await screenOfGate()))
    draw(file, 'terminal', ['running', 'dark', '900', '1'])
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}

function draw(file, name, [shape, theme, width, scale, ...height]) {
  const picture = join(folder, `${name}-${shape}.webp`)
  const { status } = spawnSync(
    process.execPath,
    ['scripts/render.mjs', file, picture, theme, width, 'folded', scale, ...height],
    { stdio: 'inherit' },
  )
  if (status !== 0) throw new Error(`${picture} was not drawn.`)
  console.log(picture)
}

/** Reports of 1, 12 and 100 rows, as the tests make them, in the words of this source. */
async function samples() {
  const entry = join(work, 'entry.ts')
  const from = path => JSON.stringify(resolve(path))
  writeFileSync(
    entry,
    `import { commentText } from ${from('src/report/markdown/comment.ts')}
import { htmlText } from ${from('src/report/html/page.ts')}
import { aReport, theStory } from ${from('__tests__/doubles/reports.ts')}
import { aSuite, SAMPLES } from ${from('__tests__/doubles/sample-reports.ts')}
const of = count => aReport({ verdict: 'fail', benchmarks: [theStory(), ...aSuite(count - 1)] })
const link = 'https://github.com/example/interpreter/actions/runs/7'
const text = report => commentText(report, { key: 'default', link })
export const comments = { 1: text(SAMPLES.placement), 12: text(of(12)), 100: text(of(100)) }
export const page = htmlText(of(100))
`,
  )
  const file = join(work, 'entry.mjs')
  const bundle = await rolldown({ input: entry, platform: 'node', cwd: process.cwd() })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  return await import(file)
}

/** What a terminal of a hundred columns shows while the example is measured. */
async function screenOfGate() {
  const repository = join(work, 'example')
  const git = (...args) =>
    spawnSync('git', ['-C', repository, '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args])
  cpSync('examples/call-method/base', repository, { recursive: true })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=A register machine with forty opcodes')
  git('switch', '--quiet', '--create=tracebacks')
  git('apply', resolve('examples/call-method/head.patch'))
  git('commit', '--quiet', '--all', '--message=Tracebacks tell the operands')
  const command = "perf-verdict gate --base main --build make --bench 'call_method=./call-method 2000'"
  const line = command.replace('perf-verdict', `'${process.execPath}' '${resolve('dist/cli.js')}'`)
  const child = spawn(
    'script',
    ['-qfec', `stty cols 100 rows 30; cd '${repository}'; ${line}`, '/dev/null'],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, TERM: 'xterm-256color', PERF_VERDICT_LOCK: 'pictures' },
    },
  )
  let shown = ''
  const enough = new Promise(done => {
    child.stdout.setEncoding('utf8').on('data', text => {
      shown += text
      // Some way into the measuring.
      if (/[3-9] rounds|\d\d rounds/.test(shown)) done()
    })
    child.on('exit', done)
  })
  await enough
  const then = shown
  child.stdin.write('\x03')
  await new Promise(done => (child.exitCode === null ? child.on('exit', done) : done()))
  return `$ ${command}\n${replayed(then)}`
}

/** The text of a screen after what was written to it: carriage returns, and lines that are erased. */
function replayed(text) {
  const lines = ['']
  for (const part of text.split(/(\r\n|\n|\r|\x1b\[[0-9;?]*[A-Za-z])/)) {
    if (part === '\n' || part === '\r\n') lines.push('')
    else if (part === '\r' || part.endsWith('K')) lines[lines.length - 1] = ''
    else if (!part.startsWith('\x1b')) lines[lines.length - 1] += part
  }
  return lines.join('\n')
}

function screenPage(text) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<!doctype html><meta charset="utf-8"><style>body { margin: 0; background: #0d1117; color: #e6edf3 }
    pre { margin: 0; padding: 16px; font: 14px/1.4 monospace; white-space: pre-wrap }</style><pre>${escaped}</pre>`
}
