import { success } from '../model/result.ts'
import { criterion, PRINTS_AS_LIBTEST } from './criterion.ts'
import type { Harness } from './harness.ts'
import { memberOf, numberAt, textAt } from './json-members.ts'
import { amountOf } from './printed-step.ts'
import { type HarnessResult, quotedLine, unread } from './result.ts'
import { withArgumentsAfterDashes } from './shell-line.ts'
import { NANOSECONDS, readNumber } from './units.ts'

/** Rust's libtest benches (`#[bench]`): lines `test NAME ... bench: 1,234.56 ns/iter (+/- 78)`, or its JSON events. */
export const libtest: Harness = {
  name: 'libtest',
  title: 'libtest',
  boundByTime: true,
  recognises: output => output.lines.some(line => LINE.test(line)) || output.documents.some(isEvent),
  read(output) {
    const results: HarnessResult[] = []
    for (const event of output.documents.filter(isEvent))
      results.push({
        name: textAt(event, 'name')!,
        ...amountOf({ value: numberAt(event, 'median')! }, NANOSECONDS),
      })
    if (results.length > 0) return success(results)
    for (const line of output.lines) {
      const failed = FAILED.exec(line)
      if (failed) results.push({ name: failed[1]!, value: 0, unit: 's', failed: { rule: 'failed' } })
      const found = LINE.exec(line)
      if (!found) continue
      const value = readNumber(found[2]!)
      if (value === undefined) return unread(quotedLine(line), 'time')
      results.push({ name: found[1]!, ...amountOf({ value, digits: found[2]! }, NANOSECONDS) })
    }
    return success(results)
  },
  list: {
    arrange(run) {
      const command = withArgumentsAfterDashes(run.command, ['--list'])
      return command === undefined ? undefined : { ...run, command }
    },
    read: output => output.lines.flatMap(line => /^(\S.*): bench(?:mark)?$/.exec(line.trim())?.[1] ?? []),
  },
  short: run => (PRINTS_AS_LIBTEST.test(run.command) ? criterion.short!(run) : undefined),
  select(run, names) {
    if (PRINTS_AS_LIBTEST.test(run.command)) return criterion.select!(run, names)
    const command = withArgumentsAfterDashes(run.command, ['--exact', ...names])
    return command === undefined ? undefined : { ...run, command }
  },
}

const LINE = /^test (\S.*?)\s+\.\.\. bench:\s+(\S+) ns\/iter \(\+\/- \S+\)/
const FAILED = /^test (\S.*?)\s+\.\.\. FAILED$/

function isEvent(document: unknown): boolean {
  return (
    memberOf(document, 'type') === 'bench' &&
    textAt(document, 'name') !== undefined &&
    numberAt(document, 'median') !== undefined
  )
}
