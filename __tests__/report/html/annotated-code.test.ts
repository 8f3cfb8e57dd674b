import { describe, expect, test } from '@jest/globals'
import { annotatedCode } from '../../../src/report/html/annotated-code.ts'
import { aBenchmark, anAnnotated, theStory } from '../../doubles/reports.ts'

const section = annotatedCode(theStory())
const rowsOf = (text: string) => [...text.matchAll(/<tr( class="differs")?>(<td.*?)<\/tr>/g)]
const cells = (row: string) => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = '']) => cell)

describe('source and machine code of a hot function', () => {
  test('stand side by side with their counts, and what differs is marked', () => {
    const rows = rowsOf(section).map(([, marked, row = '']) => [marked !== undefined, ...cells(row)])
    expect(rows).toEqual([
      [false, '7', '1,000', 'call(f);', '7', '1,000', 'call(f);'],
      [true, '8', '400', 'return x;', '8', '900', 'return x + 1;'],
      [false, '0x401000', '7', '1,000', 'call 0x402000', '0x40103c', '7', '1,000', 'call 0x402000'],
      [false, '12 lines with next to nothing'],
      [true, '', '', '', '', '0x401041', '8', '900', '83 c0 01'],
    ])
    expect(section).toContain('It moved from 0x401000 to 0x401038, from byte 0 of a 64-byte line to byte 56')
    expect(section).toContain('class="figure edge"')
    expect(section).toContain('<td class="gap" colspan="8">12 lines with next to nothing</td>')
  })

  test('what is in them is text', () => {
    const [code] = anAnnotated()
    const evil = '</td><script>alert(1)</script>'
    const hostile = annotatedCode(
      theStory({
        annotated: [
          {
            ...code!,
            symbol: evil,
            sources: [{ file: evil, rows: [{ base: { line: 1, count: 1, text: evil } }] }],
            instructions: [{ head: { address: 1, count: 1, bytes: evil, text: evil } }],
          },
        ],
      }),
    )
    expect(hostile).not.toContain('<script')
    expect(hostile).toContain('&lt;script&gt;')
  })

  test('is left out where there is none', () => {
    expect(annotatedCode(aBenchmark())).toBe('')
    expect(
      annotatedCode(
        theStory({
          annotated: [{ symbol: 'f', object: 'o', machine: 'other', instructions: [], sources: [] }],
        }),
      ),
    ).toBe('')
  })
})
