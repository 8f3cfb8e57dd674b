import { expect, test } from '@jest/globals'
import { outputLines } from '../../../src/flow/build/output-lines.ts'

function passed(...chunks: readonly (string | Buffer)[]): readonly string[] {
  const lines: string[] = []
  const output = outputLines(text => void lines.push(text))
  for (const chunk of chunks) output.take(Buffer.from(chunk as string))
  output.end()
  return lines
}

test('lines pass as they come, whatever pieces they come in', () => {
  const text = Buffer.from('one\ntwo ä\r\nthree\rfour')
  const bytes = [...text].map(byte => Buffer.from([byte]))
  expect(passed(...bytes)).toEqual(['one', 'two ä', 'three', 'four'])
})

test('a flood of lines and a line without end stay small', () => {
  const lines = passed('x\n'.repeat(5_000), 'y'.repeat(1_000_000))
  expect(lines).toHaveLength(2_001)
  expect(lines.at(-1)).toContain('more than 2000 lines')
  expect(Math.max(...passed('y'.repeat(1_000_000)).map(line => line.length))).toBe(1_000)
})
