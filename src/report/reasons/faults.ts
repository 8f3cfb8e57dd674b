import type { FaultSays, Lack, PathPlace, PrintedWith } from '../../core/harness/fault-says.ts'
import { quotedLine } from '../../core/harness/result.ts'
import { HARNESS_NAMES } from '../../core/model/harness-name.ts'
import { exitedWith, killedBy, passedOn } from '../../core/text/how-it-ended.ts'

/** What a text lacks, as it follows the text. */
const LACKS: Readonly<Record<Lack, string>> = {
  value: ', which has no value',
  'mean-with-unit': ', which is no mean with a unit',
  mean: ' without a mean',
  median: ' without a median that is a number',
  'median-time': ', whose median is no time',
  'name-or-time': ', which has no name or no time that can be read',
  time: ', whose time is no number',
  'time-or-unit': ', whose time or unit cannot be read',
  'name-value-unit': ', whose name, value or unit is not known',
  score: ' without a score, or in a unit that is not known',
  'score-in-table': ', whose score or unit is not known; use -rf json',
  values: ' with no values, or in a unit that is not known',
  'value-or-unit': ', whose value or unit is not known',
  'known-value': ', which has no value with a known unit',
  'one-value': ', which holds more than one value; print a line NAME VALUE UNIT for each',
  'readable-value': ', whose value cannot be read; print it as in NAME 12.5 ms',
  number: ', whose value is no number',
  'number-form': ', which is not a number such as 12.5 or 1e-3',
  'known-unit': ', whose unit is not known',
  'csv-row': ", which is no row of nanobench's CSV",
  'table-row': ' in a table, which is no row of it',
  'median-column': ', which has no known unit or no column Median',
  'fewer-cells': ', which has more cells than its table; leave │ out of the name',
  rate: ', whose hz is no number above zero',
}

/** Why a run gave no value, as a clause that continues "it …". */
export function faultClause(says: FaultSays): string {
  switch (says.rule) {
    case 'unread':
      return `printed ${says.text}${LACKS[says.lacks]}`
    case 'unknown-unit':
      return `printed ${says.text}, whose unit ${says.unit} is not known`
    case 'unread-cell':
      return `printed ${says.text}, whose ${says.column} is no number with a known unit`
    case 'unread-word':
      return `printed ${says.text}, in which ${says.word} is no number`
    case 'unread-of':
      return `printed ${says.value} for ${says.name}, which is no number`
    case 'no-estimate':
      return `printed a message about ${says.name} without an estimate that can be read`
    case 'no-name-or-median':
      return `printed a benchmark without a name or a median: ${says.text}`
    case 'no-readable-time':
      return `has no time that can be read: ${says.text}`
    case 'catch2-json':
      return 'printed the JSON of Catch2, which has no values of benchmarks; leave out its -r, or use -r xml'
    case 'vitest-0':
      return 'printed no table of results, as vitest before version 1 does without a terminal; update vitest'
    case 'no-output-of':
      return `printed no JSON and no table of ${says.harness}`
    case 'reported':
      return `reported an error: ${says.text}`
    case 'skipped-for':
      return `was skipped: ${says.text}`
    case 'threw':
      return `threw: ${says.text}`
    case 'failed-with':
      return `failed: ${says.text}`
    case 'failed':
      return 'failed'
    case 'skipped':
      return 'was skipped'
    case 'killed':
      return 'was killed by a signal'
    case 'exit-ignored':
      return 'exited with a code other than 0, which an option of hyperfine ignores'
    case 'program-exited':
      return `exited with code ${says.code}`
    case 'too-many-values':
      return `printed more than ${says.most} values of ${says.name}`
    case 'too-many-measures':
      return `printed ${says.count} measures, ${says.first} first`
    case 'unknown-direction':
      return `has the measure ${says.measure}, which does not say whether more is better; call it throughput or latency`
    case 'same-name':
      return `printed ${says.count} results of this name that do not repeat one another; give each its own name, or each program an entry of its own`
    case 'step-failed':
      return `${says.step === 'prepare' ? 'was not run, because its prepare' : 'ran, but its conclude'} command ${faultClause(says.end)}`
    case 'timed-out':
      return `was ended by its time limit after ${says.seconds.toFixed(1)} s`
    case 'signal':
      return killedBy(says.signal, says.ranOut)
    case 'exit':
      return `${exitedWith(says.code, says.ranOut)}${passedOn(says.code)}${says.offline ? OFFLINE : ''}`
    case 'not-started':
      return `could not be started (${says.said})`
    case 'output-cut':
      return 'printed more than is kept, so its value is lost; print less'
    case 'nothing-printed':
      return `printed nothing where its value was expected${says.said !== undefined ? ` (${says.said})` : says.onErrors ? ON_ERRORS : ''}`
    case 'no-harness':
      return `printed nothing that a known harness prints (first ${says.first}); read one value with format, or name a harness: ${HARNESS_NAMES.join(', ')}`
    case 'no-results':
      return `printed no result of ${says.harness} (first ${says.first})`
    case 'none-asked-for':
      return `printed ${says.results} results, none of which was requested`
    case 'no-row':
      return `printed no result of the name ${says.row}`
    case 'no-metric':
      return `printed no ${says.metric} for ${says.row}`
    case 'metric-needs-harness':
      return `printed nothing that a known harness prints, so its ${says.metric} are not known; name the harness or a format`
    case 'row-in-other-unit':
      return `printed ${says.row} in ${unitWord(says.unit)}, and in ${unitWord(says.before)} before`
    case 'no-cpu-time':
      return 'has no CPU time, because this machine gives its runs no cgroup of their own; run the gate as root, or use the metric time'
    case 'no-memory':
      return 'has no peak of memory, because GNU time is not installed or did not tell; install it (Debian: time), or leave memory out of metric'
    case 'nan':
      return `${says.verb} NaN`
    case 'infinite':
      return `${says.verb} an infinite value`
    case 'zero':
      return `${says.verb} zero, which nothing can be compared with`
    case 'negative':
      return `${says.verb} the negative value ${says.value}`
    case 'out-of-range':
      return `${says.verb} ${says.value}, which is too far from 1; choose another unit`
    case 'several-values':
      return `printed ${says.count} values where one is expected (${says.shown.join(', ')}${says.count > says.shown.length ? ', …' : ''}); print one, or name each in a line NAME VALUE UNIT and set harness: lines`
    case 'slow-pattern':
      return `printed text on which ${says.pattern} takes too long; simplify the pattern`
    case 'unmatched-pattern':
      return `printed nothing that ${says.pattern} matches`
    case 'part-matched':
      return `printed ${says.whole}, and ${says.pattern} matches only a part of it, ${says.part}`
    case 'bad-path':
      return `has the unreadable JSON path ${says.path}; write results[0].median`
    case 'no-document':
      return `printed ${says.text}, in which there is no JSON document`
    case 'nothing-at':
    case 'several-at':
      return `printed JSON with ${says.rule === 'several-at' ? 'more than one value' : 'nothing'} at ${says.path}: ${says.there ? placeClause(says.there) : 'it is not there'}`
    case 'several-documents':
      return `printed ${says.count} JSON documents that have ${says.path}; print one`
    case 'empty-list':
      return `printed JSON with an empty list at ${says.path}`
    case 'no-number-at':
      return `printed JSON with ${says.value} at ${says.path}, which is no number`
    case 'printed-otherwise':
      return `printed its value with ${withWhat(says.now)}, and with ${withWhat(says.before)} before; read the unit too with a group (?<unit>…), or select by name as in results[name=…]`
  }
}

const OFFLINE =
  '; it did not reach the network, which benchmarks have only with network: all, so let the build command fetch what it needs'
const ON_ERRORS = '; what it prints on standard error is not read, so add 2>&1 if its value is there'

const unitWord = (unit: string) => (unit === '' ? 'plain numbers' : unit)

/** What is in a document in place of what a path leads to. */
export function placeClause(there: PathPlace): string {
  const place = there.kind === 'several' || there.place === '' ? 'the document' : there.place
  switch (there.kind) {
    case 'several':
      return `${there.count} elements with ${there.member}=${there.is}`
    case 'elements':
      return `${place} has elements with ${there.member} ${shortList(there.texts)}`
    case 'list':
      return `${place} has ${there.count} elements${there.member === undefined ? '' : `, none with ${there.member}`}`
    case 'no-object':
      return `${place} is ${there.type === 'null' ? 'null' : `a ${there.type}`}`
    case 'empty':
      return `${place} is empty`
    case 'members':
      return `${place} has ${shortList(there.names)}`
  }
}

function shortList(texts: readonly string[]): string {
  const shown = texts
    .slice(0, 8)
    .map(text => (text.length > 40 ? `${text.slice(0, 40)}…` : text).replace(/\s+/g, ' '))
  return `${shown.join(', ')}${texts.length > 8 ? ` and ${texts.length - 8} more` : ''}`
}

function withWhat({ names = [], unit, base }: PrintedWith): string {
  const read = [...names.map(name => `the name ${name}`), ...(unit === undefined ? [] : [`the unit ${unit}`])]
  const told = [read.join(' and '), base && `a value in ${base}`].filter(Boolean).join(', ')
  return told === '' ? 'nothing' : quotedLine(told)
}
