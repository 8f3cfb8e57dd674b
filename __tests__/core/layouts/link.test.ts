import { describe, expect, test } from '@jest/globals'
import { readLinkMap } from '../../../src/core/layouts/link-map.ts'
import { orderInScript, orderingFile, scriptIn } from '../../../src/core/layouts/link-script.ts'
import { readLinkNote, responseFiles, splitResponse } from '../../../src/core/layouts/recorded-link.ts'
import { linkerKind, shuffleArguments } from '../../../src/core/layouts/shuffle.ts'
import { readSums } from '../../../src/flow/layouts/files.ts'

const BFD_MAP = `Archive member included to satisfy reference by file (symbol)

Discarded input sections

 .text.unused   0x0000000000000000       0x10 a.o

Linker script and memory map

LOAD a.o
 *(.rela.text .rela.text.* .rela.gnu.linkonce.t.*)

.text           0x0000000000001060      0x26a
 *(.text.unlikely .text.*_unlikely .text.unlikely.*)
 .text.startup.main
                0x0000000000001060       0xa5 main.o
                0x0000000000001060                main
 .text          0x0000000000001105        0x0 main.o
 *fill*         0x0000000000001105        0xb
 .text          0x0000000000001110       0x22 /usr/lib/libc.a(memcpy.o)

.data           0x0000000000004000       0x10
 .data.table    0x0000000000004000       0x10 main.o
`

const GOLD_MAP = `Memory map

** file header  0x0000000000000000       0x40

.text           0x0000000000000630      0x27a
 .text.k        0x0000000000000870       0x3a k1.o
`

describe('the map of a link', () => {
  test('yields the sections that were laid out, not those that were discarded or are empty', () => {
    expect(readLinkMap(BFD_MAP)).toEqual([
      { output: '.text', name: '.text.startup.main', file: 'main.o', bytes: 0xa5 },
      { output: '.text', name: '.text', file: '/usr/lib/libc.a(memcpy.o)', bytes: 0x22 },
      { output: '.data', name: '.data.table', file: 'main.o', bytes: 0x10 },
    ])
    expect(readLinkMap(GOLD_MAP)).toEqual([{ output: '.text', name: '.text.k', file: 'k1.o', bytes: 0x3a }])
    expect(readLinkMap('')).toEqual([])
  })
})

describe("GNU ld's script", () => {
  const printed =
    'GNU ld 2.40\nusing internal linker script:\n======\nSECTIONS\n{\n  .text           :\n  {\n    *(.text)\n  }\n  .data : { *(.data) }\n}\n======\nattempt to open a.o\n'

  test('is what stands between the rules of equals signs', () => {
    expect(scriptIn(printed)).toMatch(/^SECTIONS\n[\s\S]*\}\n$/)
    expect(scriptIn('GNU ld 2.40\n')).toBeUndefined()
  })

  test('gets the order in front of its wildcards, section by section', () => {
    const order = new Map([
      ['.text', [{ name: '.text.b' }, { name: '.text', file: 'lib.a(x.o)' }]],
      ['.data', [{ name: '.data.t' }]],
      ['.bss', [{ name: '.bss.u' }]],
    ])
    const text = orderInScript(scriptIn(printed)!, order)!.replace(/\s+/g, ' ')
    expect(text).toBe(
      'SECTIONS { .text : { *(.text.b) "lib.a:x.o"(.text) *(.text) } .data : { *(.data.t) *(.data) } } ',
    )
    expect(orderInScript('SECTIONS { }', order)).toBeUndefined()
    expect(orderingFile(order)).toBe('.text.b\n.data.t\n.bss.u\n')
  })
})

describe('a recorded link', () => {
  const note = {
    call: '123-45\0/usr/bin/ld\0/work\0bench\0',
    arguments: '-o\0bench\0/tmp/cc1.o\0@/tmp/list\0',
    environment: 'PATH=/bin\0EMPTY=\0=odd\0',
    temporary: '/tmp/cc1.o\0/tmp/list\0',
    saved: '/links/saved',
    responses: new Map([['/tmp/list', 'a.o "b c.o" \\"d.o\n-lm']]),
  }

  test('names the copies of what was temporary, and opens response files', () => {
    expect(responseFiles(note.arguments)).toEqual(['/tmp/list'])
    expect(readLinkNote(note)).toEqual({
      key: '123-45',
      linker: '/usr/bin/ld',
      folder: '/work',
      output: 'bench',
      args: ['-o', 'bench', '/links/saved/tmp/cc1.o', 'a.o', 'b c.o', '"d.o', '-lm'],
      env: { PATH: '/bin', EMPTY: '' },
    })
  })

  test.each([
    ['half written', '123-45\0/usr/bin/ld\0'],
    ['with a key that is a path', '../../etc\0/usr/bin/ld\0/work\0bench\0'],
    ['with a linker that is no path', '123-45\0ld\0/work\0bench\0'],
    ['empty', ''],
  ])('that is %s is left out', (_, call) => {
    expect(readLinkNote({ ...note, call })).toBeUndefined()
  })

  test('splits response files as GNU tools do', () => {
    expect(splitResponse(`a 'b c'\t"d\\"e"\n\\\\f  ''g`)).toEqual(['a', 'b c', 'd"e', '\\f', 'g'])
  })
})

describe('linkers', () => {
  test.each([
    ['GNU ld (GNU Binutils for Debian) 2.40', 'bfd'],
    ['GNU gold (GNU Binutils for Debian 2.40) 1.16', 'gold'],
    ['Debian LLD 14.0.6 (compatible with GNU linkers)', 'lld'],
    ['mold 1.10.1 (compatible with GNU ld)', 'mold'],
    ['Apple ld64', undefined],
    ['', undefined],
  ])('%s is %s', (version, kind) => {
    expect(linkerKind(version)).toBe(kind)
  })

  test('are told the layout each in its own way, with pads that are asked for where unused sections go', () => {
    const files = { pads: 'p.o', order: 'order' }
    const pad = { section: '.text.p', symbol: 'p', bytes: 1 }
    expect(shuffleArguments('bfd', 7, files, [])).toEqual(['p.o', '-T', 'order'])
    expect(shuffleArguments('gold', 7, files, [pad])).toEqual([
      'p.o',
      '--undefined=p',
      '--section-ordering-file',
      'order',
    ])
    expect(shuffleArguments('mold', 7, files, [])).toEqual(['p.o', '--shuffle-sections=7'])
    expect(shuffleArguments('lld', 7, files, [])).toContain('--shuffle-sections=.text*=7')
  })
})

test('sums are read by file, also with odd names, and lines that are none are left out', () => {
  const sum = 'a'.repeat(64)
  expect(readSums(`${sum}  /x/a\0${sum}  /x/with\nnewline\0junk\0`)).toEqual(
    new Map([
      ['/x/a', sum],
      ['/x/with\nnewline', sum],
    ]),
  )
})
