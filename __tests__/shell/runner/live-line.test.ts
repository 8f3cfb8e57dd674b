import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { displayWidth, fitted } from '../../../src/core/text/display-width.ts'
import { openLiveLine } from '../../../src/shell/runner/live-line.ts'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

/** What a terminal of so many columns shows after all that was written, line by line. */
function shown(written: string, columns: number): readonly string[] {
  const lines = ['']
  for (const part of written.split(/(\r\u001b\[K|\n)/)) {
    if (part === '\n') lines.push('')
    else if (part === '\r\u001b[K') lines[lines.length - 1] = ''
    else lines[lines.length - 1] += part
  }
  // A line that is as wide as the terminal would have wrapped.
  for (const line of lines) expect(displayWidth(line)).toBeLessThan(columns)
  return lines
}

test('a live line stands below what is written, is as wide as the terminal, and goes at the end', () => {
  let written = ''
  let what = 'building 測定測定測定測定'
  const screen = {
    write: (text: string) => {
      written += text
    },
    columns: () => 20,
  }
  const live = openLiveLine(screen, () => what)
  live.start()
  jest.advanceTimersByTime(300)
  expect(shown(written, 20)).toEqual(['building 測定測定…'])
  live.above('built base\n')
  expect(shown(written, 20)).toEqual(['built base', 'building 測定測定…'])
  what = 'evil\u001b[31m\nname'
  jest.advanceTimersByTime(300)
  expect(shown(written, 20)).toEqual(['built base', 'evil [31m name'])
  live.stop()
  expect(shown(written, 20)).toEqual(['built base', ''])
  jest.advanceTimersByTime(3000)
  expect(shown(written, 20)).toEqual(['built base', ''])
})

describe('the width of a text', () => {
  test.each([
    ['abc', 3],
    ['測定', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['🚀', 2],
    ['a\u200db', 2],
  ])('%s is %i columns', (text, width) => expect(displayWidth(text)).toBe(width))

  test.each([
    ['short', 10, 'short'],
    ['測定測定', 5, '測定…'],
    ['abcdef', 3, 'ab…'],
    ['abc', 0, ''],
  ])('%s fits into %i columns as %s', (text, columns, fits) => expect(fitted(text, columns)).toBe(fits))
})
