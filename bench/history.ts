import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { creepsOf } from '../src/core/history/creep.ts'
import { peaksOf } from '../src/core/history/peaks.ts'
import { historyLine, parseHistory } from '../src/core/history/record.ts'
import { timelinesOf } from '../src/core/history/timeline.ts'
import { historyText } from '../src/report/history/page.ts'
import { appendHistoryFile } from '../src/shell/files/history-file.ts'
import { type SimulatedYear, simulateYear } from './history/year.ts'

/**
 * Simulated years of a default branch: 2,000 commits, 40 benchmarks, a machine that changes by 30 % now and then, one benchmark that
 * creeps by 0.3 % a commit until it is found, peaks by placement, steps that somebody accepted. Every comparison is decided by the gate's
 * own decision from simulated rounds. Prints what is found and when, false issues, and what the page and an append cost.
 * --years=3 and --seed=1 choose others; --commits and --benchmarks make it smaller.
 */
const option = (name: string, fallback: number) =>
  Number(process.argv.find(each => each.startsWith(`--${name}=`))?.split('=')[1] ?? fallback)
const [years, seed] = [option('years', 1), option('seed', 1)]
const size = { commits: option('commits', 2000), benchmarks: option('benchmarks', 40) }
let wrong = 0

for (let year = 0; year < years; year++) {
  const started = performance.now()
  const simulated = simulateYear({ ...size, seed: seed + year })
  const seconds = (performance.now() - started) / 1000
  console.log(
    `\nyear with seed ${seed + year}: ${size.commits} commits, ${size.benchmarks} benchmarks, ${simulated.comparisons} comparisons decided in ${seconds.toFixed(0)} s`,
  )
  tellFindings(simulated)
  await tellCosts(simulated)
}
process.exit(wrong > 0 ? 1 : 0)

function tellFindings({ records, creep, peaks, accepted, issues, levels }: SimulatedYear): void {
  const lines = timelinesOf(records)
  const found = lines.flatMap(peaksOf)
  const line = (what: string, says: string) => console.log(`  ${what.padEnd(34)} ${says}`)
  const delay = creep.foundAt === undefined ? undefined : creep.foundAt - creep.from
  line(
    `creep of ${(creep.each * 100).toFixed(1)} % a commit`,
    delay === undefined
      ? 'NOT FOUND'
      : `issue after ${delay} commits, at ${((creep.levelThen! - 1) * 100).toFixed(1)} % (threshold 5 %)`,
  )
  for (const { at, length, ratio, name } of peaks) {
    const hit = found.find(peak => peak.name === name && peak.from.title === `Change ${at}`)
    line(
      `peak of ${ratio.toFixed(2)}× at ${at}, ${length} commits`,
      hit ? `found, gone at ${hit.until.title}${hit.luck ? ', both by luck' : ''}` : 'NOT FOUND',
    )
    if (!hit) wrong++
  }
  for (const { at, name, ratio } of accepted) {
    const step = lines.find(each => each.name === name)?.points.find(({ title }) => title === `Change ${at}`)
    line(
      `accepted step of ${ratio.toFixed(2)}× at ${at}`,
      step?.row.accepted ? `kept, by ${step.row.accepted.by}` : 'NOT KEPT',
    )
    if (!step?.row.accepted) wrong++
  }
  const falseIssues = issues.filter(({ isFalse }) => isFalse)
  const falsePeaks = found.filter(
    ({ name, from }) => !peaks.some(peak => peak.name === name && from.title === `Change ${peak.at}`),
  )
  line(
    'false issues',
    `${falseIssues.length} ${falseIssues.map(({ name, commit }) => `${name} at ${commit}`).join(', ')}`,
  )
  line('false peaks', String(falsePeaks.length))
  line(
    'issues while a peak stood',
    String(issues.filter(({ name, isFalse }) => !isFalse && name !== creep.name).length),
  )
  const inBand = lines.filter(({ name, points }) => {
    const { low, high } = points.at(-1)!
    return low <= levels.get(name)! && levels.get(name)! <= high
  })
  const worst = lines.map(({ name, points }) => Math.abs(Math.log(points.at(-1)!.chain / levels.get(name)!)))
  line(
    'chained level against the truth',
    `off by ${(Math.expm1(Math.max(...worst)) * 100).toFixed(1)} % at most; ${inBand.length} of ${lines.length} within the band`,
  )
  line(
    'creeps that stand at the end',
    creepsOf(records)
      .map(({ name, row }) => `${name} ${((row.ratio! - 1) * 100).toFixed(1)} %`)
      .join(', ') || 'none',
  )
  if (delay === undefined || falseIssues.length > 0) wrong++
}

async function tellCosts({ records }: SimulatedYear): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-year-'))
  const line = (what: string, says: string) => console.log(`  ${what.padEnd(34)} ${says}`)
  try {
    const text = records.map(historyLine).join('')
    const file = join(folder, 'perf.jsonl')
    writeFileSync(file, text)
    const timed = async <T>(work: () => T | Promise<T>) => {
      const from = performance.now()
      const value = await work()
      return { value, seconds: (performance.now() - from) / 1000 }
    }
    const append = await timed(async () => await appendHistoryFile(file, records[0]!))
    const read = await timed(() => parseHistory(text))
    const drawn = await timed(() => historyText({ records, imported: [], unreadable: 0 }))
    line('history', `${(text.length / 1e6).toFixed(1)} MB of lines`)
    line('append to a file', `${append.seconds.toFixed(3)} s`)
    line('read, draw again', `${read.seconds.toFixed(2)} s, ${drawn.seconds.toFixed(2)} s`)
    line('page', `${(Buffer.byteLength(drawn.value) / 1e6).toFixed(2)} MB`)
    if (Buffer.byteLength(drawn.value) > 2_000_000) wrong++
    const page = join(folder, 'history.html')
    writeFileSync(page, drawn.value)
    line('opens in Chromium', await openedIn(page))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seconds until the page is loaded and painted, best of three: this machine may be busy with other things. */
async function openedIn(page: string): Promise<string> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) return 'not measured: chromium is not installed'
  // Bundled, it would not find its own files.
  const { chromium } = createRequire(join(process.cwd(), 'package.json'))(
    'playwright-core',
  ) as typeof import('playwright-core')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const times: number[] = []
    const faults: string[] = []
    for (let tried = 0; tried < 3; tried++) {
      const tab = await browser.newPage()
      tab.on('pageerror', error => faults.push(error.message))
      const from = performance.now()
      await tab.goto(pathToFileURL(page).href, { waitUntil: 'load' })
      await tab.evaluate('new Promise(done => requestAnimationFrame(() => setTimeout(done)))')
      times.push((performance.now() - from) / 1000)
      await tab.close()
    }
    if (faults.length > 0) wrong++
    return `${Math.min(...times).toFixed(2)} s${faults.length > 0 ? `, with ${faults[0]}` : ''}`
  } finally {
    await browser.close()
  }
}
