import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { codeOf } from '../../../src/core/disassembly/instruction.ts'
import { decodeX86 } from '../../../src/core/disassembly/x86-64.ts'
import { inMemory } from '../../../src/core/elf/fields.ts'
import { readElf } from '../../../src/core/elf/read-elf.ts'
import { cases } from '../../doubles/soak.ts'
import { run, testWith } from '../elf/tools-here.ts'

const at = (hex: string, address = 0x1000) =>
  decodeX86({ ...codeOf(Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))), at: 0, address })

describe('x86-64 instructions', () => {
  const lengths: readonly (readonly [string, string, number])[] = [
    ['ret', 'c3', 1],
    ['mov %eax,%ebx', '89c3', 2],
    ['lea 0x10(%rip),%rax', '488d0510000000', 7],
    ['mov table(,%rax,8),%rax', '488b04c540404000', 8],
    ['movabs $imm64,%rax', '48b88877665544332211', 10],
    ['mov moffs64,%eax', 'a18877665544332211', 9],
    ['cmpw $imm16,(%rdi)', '66813f3412', 5],
    ['test $imm8,%al by group 3', 'f6c001', 3],
    ['not %eax by group 3', 'f7d0', 2],
    ['test $imm32,%eax by group 3', 'f7c078563412', 6],
    ['enter', 'c8100001', 4],
    ['mulsd 8(%rip),%xmm0', 'f20f590508000000', 8],
    ['pshufb (0f38)', '660f3800c1', 5],
    ['palignr (0f3a)', '660f3a0fc108', 6],
    ['vzeroupper', 'c5f877', 3],
    ['vaddps by two-byte VEX', 'c5f458c2', 4],
    ['vpermq by three-byte VEX', 'c4e3fd00c94e', 6],
    ['vfmadd231ps by EVEX', '62f27548b8c2', 6],
    ['AMD vprotd by XOP', '8fe878c2c107', 6],
    ['extrq by SSE4a', '660f78c01020', 6],
    ['nopw with three prefixes', '66662e0f1f840000000000', 11],
    ['endbr64', 'f30f1efa', 4],
  ]
  test.each(lengths)('%s has its length', (_, hex, length) => {
    expect(at(`${hex}${'00'.repeat(16)}`)?.length).toBe(length)
  })

  test.each([
    ['06', 'an instruction of 32-bit mode'],
    ['48', 'a prefix that nothing follows'],
    ['e800', 'a call that is cut off'],
    ['', 'nothing'],
  ])('%s is no instruction: %s', hex => {
    expect(at(hex)).toBeUndefined()
  })

  test.each([
    ['eb0e', 'jump', 0x1010],
    ['74fe', 'branch', 0x1000],
    ['0f84fa0f0000', 'branch', 0x2000],
    ['e8fbefffff', 'call', 0x0],
    ['e9fb0f0000', 'jump', 0x2000],
    ['e3fe', 'branch', 0x1000],
  ])('%s is a %s to its target', (hex, flow, target) => {
    expect(at(hex)).toMatchObject({ flow, fields: [{ kind: 'code', target }] })
  })

  test.each([
    ['eb0e', 'e9fb0f0000'],
    ['74fe', '0f84fa0f0000'],
  ])('the short form %s and the near form %s are one shape', (short, near) => {
    expect(at(short)!.shape).toBe(at(near)!.shape)
  })

  test.each([
    ['488b0d10000000', 'data', 0x1017, 8],
    ['8a0510000000', 'data', 0x1016, 1],
    ['f30f100510000000', 'data', 0x1018, 4],
    ['f20f590510000000', 'data', 0x1018, 8],
    ['0f280510000000', 'data', 0x1017, 16],
    ['c5fc280510000000', 'data', 0x1018, 32],
    ['488d0510000000', 'data', 0x1017, 0],
    ['488b04c540404000', 'absolute', 0x404040, 8],
    ['bf40404000', 'absolute', 0x404040, 0],
  ])('%s names %s at its target with its width', (hex, kind, target, width) => {
    expect(at(hex)?.fields).toEqual([{ kind, target, width }])
  })

  test('a displacement does not change the shape, another register does', () => {
    expect(at('488d0510000000')!.shape).toBe(at('488d0599887766')!.shape)
    expect(at('488d0510000000')!.shape).not.toBe(at('488d0d10000000')!.shape)
  })

  test('moves, calls and stack work are bookkeeping, computing is not', () => {
    for (const hex of ['4889c3', 'e800000000', 'c3', '55', '4883ec18', '31c0', '488d04b500000000'])
      expect(at(hex)?.bookkeeping).toBe(true)
    for (const hex of ['4801c3', '480fafc3', '4883c018', '31c8', 'f20f58c1', '7402'])
      expect(at(hex)?.bookkeeping).toBe(false)
  })

  test('any bytes yield an instruction of at most 15 bytes inside them, or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 20 }), bytes => {
        const found = decodeX86({ ...codeOf(bytes), at: 0, address: 4096 })
        expect(found === undefined || (found.length >= 1 && found.length <= Math.min(15, bytes.length))).toBe(
          true,
        )
      }),
      cases(3_000),
    )
  })
})

describe('x86-64 instructions of a real program', () => {
  testWith('objdump')('begin and point where objdump says', () => {
    const elf = readElf(inMemory(readFileSync(process.execPath)))
    if (elf.machine !== 'x86-64') return
    const text = elf.sections.find(({ name }) => name === '.text')!
    let instructions = 0
    const wrong: string[] = []
    for (const part of [0.03, 0.6]) {
      const wanted = text.address + Math.floor(text.size * part)
      const start = elf.symbols.find(({ kind, address }) => kind === 'function' && address >= wanted)!.address
      const listing = run('objdump', [
        '-d',
        '-w',
        '-z',
        '--no-show-raw-insn',
        `--start-address=${start}`,
        `--stop-address=${start + 150_000}`,
        process.execPath,
      ])
      const code = codeOf(elf.bytesAt(start, 150_100))
      for (const [one, next] of pairs(listing)) {
        instructions++
        const found = decodeX86({ ...code, at: one.address - start, address: one.address })
        const target =
          /^(?:\S+ )*(?:j\w+|call|jmp)\s+([0-9a-f]+) </.exec(one.text)?.[1] ??
          /# ([0-9a-f]+) /.exec(`${one.text} `)?.[1]
        const named =
          target === undefined || found?.fields.some(field => field.target === Number.parseInt(target, 16))
        if (found?.length !== next - one.address || !named)
          wrong.push(`${one.address.toString(16)}: ${one.text}`)
      }
    }
    process.stdout.write(`  compared ${instructions} instructions with objdump, ${wrong.length} differ\n`)
    expect(instructions).toBeGreaterThan(50_000)
    expect(wrong).toEqual([])
  })
})

/** Neighbouring lines of a listing: an instruction and where the next one begins; data dumped between functions is left out. */
function pairs(listing: string): [{ address: number; text: string }, number][] {
  const found: [{ address: number; text: string }, number][] = []
  let last: { address: number; text: string } | undefined
  for (const line of listing.split('\n')) {
    const [, address, text] = /^ *([0-9a-f]+):\t(.*)$/.exec(line) ?? []
    if (address === undefined) {
      last = undefined
      continue
    }
    const here = { address: Number.parseInt(address, 16), text: text! }
    if (last && !last.text.includes('(bad)') && !last.text.startsWith('rex')) found.push([last, here.address])
    last = here
  }
  return found
}
