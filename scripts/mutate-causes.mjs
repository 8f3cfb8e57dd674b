import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

/**
 * Deletes each rule of the cause table, moves each weight by a half both ways, and prints which of these changes the pinned rows do not
 * notice: node scripts/mutate-causes.mjs [--suggest]. With --suggest it looks for rows that would notice them, to be read, judged and
 * copied into __tests__/core/cause/pinned.md.
 */
const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-causes-'))
try {
  const input = ['pinned', 'pinned-rows', 'pieces'].map(name => `__tests__/core/cause/${name}.ts`)
  const bundle = await rolldown({ input, platform: 'node' })
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs' })
  const pinned = await import(join(folder, 'pinned.mjs'))
  const { ROWS, lineOf } = await import(join(folder, 'pinned-rows.mjs'))
  const { PIECES } = await import(join(folder, 'pieces.mjs'))
  process.exitCode = report(pinned, ROWS) ? 0 : 1
  if (process.argv.includes('--suggest')) suggest({ ...pinned, lineOf }, ROWS, Object.keys(PIECES))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function report({ mutants, survivors, isSaid }, rows) {
  const wrong = rows.filter(row => !isSaid(row))
  for (const { observed } of wrong) console.log(`not what the rules say: ${observed.join(', ')}`)
  const left = survivors(rows)
  for (const kind of ['rule', 'weight', 'evidence needed']) {
    const count = mutants().filter(({ name }) => name.startsWith(kind)).length
    const alive = left.filter(name => name.startsWith(kind))
    console.log(`${kind}: ${count} changes, ${alive.length} survive${alive.length > 0 ? ':' : ''}`)
    for (const name of alive) console.log(`  ${name}`)
  }
  return wrong.length === 0 && left.length === 0
}

/** Looks for the smallest sets of observations that the surviving changes judge otherwise, and prints the rows for them. */
function suggest({ mutants, survivors, said, isSaid, lineOf }, rows, pieces) {
  const left = new Set(survivors(rows))
  const starts = startsOf(said, pieces)
  for (const { name, apply } of mutants()) {
    if (!left.has(name)) continue
    const row = search({ apply, said, isSaid, pieces, starts: starts.get(ruleOf(name)) ?? [[]] })
    if (!row) {
      console.log(`Nothing found for: ${name}`)
      continue
    }
    console.log(lineOf(row))
    // It may notice others of the changes too.
    const noticed = new Set(survivors([row]))
    for (const other of left) if (!noticed.has(other)) left.delete(other)
  }
}

function ruleOf(name) {
  return /^(?:rule|weight of) (\S+)/.exec(name)?.[1]
}

/** The smallest sets of observations, up to three, in which each rule holds. */
function startsOf(said, pieces) {
  const starts = new Map()
  for (let size = 1; size <= 3; size++)
    for (const observed of subsets(pieces, size)) {
      const { because, against } = said(observed, false)
      for (const id of [...because, ...against]) {
        const known = starts.get(id) ?? []
        if (known.length < 40 && (known.length === 0 || known[0].length === size))
          starts.set(id, [...known, observed])
      }
    }
  return starts
}

/** Adds ever more observations at random to those in which the rule holds. */
function search({ apply, said, isSaid, pieces, starts }) {
  const TRIES = [200, 3_000, 20_000, 60_000, 100_000]
  const pick = from => from[Math.floor(Math.random() * from.length)]
  for (const [more, tries] of TRIES.entries())
    for (let tried = 0; tried < tries; tried++) {
      const wanted = new Set([...pick(starts), ...Array.from({ length: more }, () => pick(pieces))])
      const row = said(
        pieces.filter(name => wanted.has(name)),
        Math.random() < 0.3,
      )
      const undo = apply()
      const noticed = !isSaid(row)
      undo()
      if (noticed) return row
    }
  return undefined
}

function subsets(all, size, from = 0) {
  if (size === 0) return [[]]
  const found = []
  for (let at = from; at <= all.length - size; at++)
    for (const rest of subsets(all, size - 1, at + 1)) found.push([all[at], ...rest])
  return found
}
