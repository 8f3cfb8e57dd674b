import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { aarch64Decoder } from '../../../src/core/disassembly/aarch64.ts'
import { codeOf } from '../../../src/core/disassembly/instruction.ts'
import { run, temporaryFolder, testWith } from '../elf/tools-here.ts'
import { openElf } from '../placement/programs.ts'

const decode = (words: readonly number[], address = 0x10000) => {
  const bytes = new Uint8Array(words.length * 4)
  words.forEach((word, index) => {
    new DataView(bytes.buffer).setUint32(index * 4, word, true)
  })
  const decoder = aarch64Decoder()
  return words.map((_, index) => decoder({ ...codeOf(bytes), at: index * 4, address: address + index * 4 })!)
}

describe('AArch64 instructions', () => {
  test.each([
    ['b .+8', 0x14000002, 'jump', 0x10008],
    ['bl .-4', 0x97ffffff, 'call', 0xfffc],
    ['b.eq .+16', 0x54000080, 'branch', 0x10010],
    ['cbz x0, .+32', 0xb4000100, 'branch', 0x10020],
    ['tbnz w1, #3, .-8', 0x371fffc1, 'branch', 0xfff8],
  ])('%s goes where it says', (_, word, flow, target) => {
    expect(decode([word])[0]).toMatchObject({ flow, fields: [{ kind: 'code', target }] })
  })

  test.each([
    ['ret', 0xd65f03c0, 'return'],
    ['br x16', 0xd61f0200, 'indirect-jump'],
    ['blr x8', 0xd63f0100, 'indirect-call'],
    ['nop', 0xd503201f, 'padding'],
    ['brk #1', 0xd4200020, 'stop'],
    ['add x0, x1, x2', 0x8b020020, 'next'],
  ])('%s flows as it should', (_, word, flow) => {
    expect(decode([word])[0]?.flow).toBe(flow)
  })

  test('an ADRP and the low bits behind it name one place', () => {
    // adrp x0, .+0x2000; add x0, x0, #0x123; adrp x1, .+0x1000; ldr x2, [x1, #8]
    const [adrp, add, , load] = decode([0xd0000000, 0x91048c00, 0xb0000001, 0xf9400422])
    expect(adrp?.fields).toEqual([])
    expect(add?.fields).toEqual([{ kind: 'data', target: 0x12123, width: 0 }])
    expect(load?.fields).toEqual([{ kind: 'data', target: 0x11008, width: 8 }])
  })

  test('a register that was overwritten since no longer holds the page', () => {
    // adrp x0; mov x0, x1; ldr x2, [x0, #8]
    expect(decode([0xb0000000, 0xaa0103e0, 0xf9400402])[2]?.fields).toEqual([])
  })

  test('equal code at another address has equal shapes', () => {
    const shapes = (words: readonly number[], address: number) =>
      decode(words, address).map(({ shape }) => shape)
    expect(shapes([0xd0000000, 0x91048c00, 0x94000010], 0x10000)).toEqual(
      shapes([0xb0000000, 0x9100fc00, 0x94000999], 0x20000),
    )
  })
})

describe('AArch64 instructions of a real program', () => {
  const folder = temporaryFolder()
  testWith('go', 'llvm-objdump')(
    'go where llvm-objdump says',
    () => {
      mkdirSync(join(folder, 'hello'))
      writeFileSync(join(folder, 'hello/main.go'), 'package main\n\nfunc main() { println("hello") }\n')
      const program = join(folder, 'hello/arm')
      run('go', ['build', '-o', program, 'main.go'], {
        cwd: join(folder, 'hello'),
        env: {
          ...process.env,
          GOOS: 'linux',
          GOARCH: 'arm64',
          CGO_ENABLED: '0',
          GOFLAGS: '-mod=mod',
          GO111MODULE: 'off',
        },
      })
      const elf = openElf(program)
      let [instructions, wrong] = [0, 0]
      let decoder = aarch64Decoder()
      for (const line of run('llvm-objdump', ['-d', '--no-show-raw-insn', program]).split('\n')) {
        if (/^[0-9a-f]+ </.test(line)) decoder = aarch64Decoder()
        const [, address, text] = /^ *([0-9a-f]+): *\t(.*)$/.exec(line) ?? []
        if (address === undefined || /<unknown>|\.word|udf/.test(text!)) continue
        instructions++
        const place = Number.parseInt(address, 16)
        const found = decoder({ ...codeOf(elf.bytesAt(place, 4)), at: 0, address: place })
        const branch = /^(?:b|bl|b\.\w+|cbn?z|tbn?z)\t/.test(text!)
        const target = /(0x[0-9a-f]+)(?: <[^>]*>)?$/.exec(text!)?.[1]
        const field = found?.fields.find(({ kind }) => kind === 'code')
        if (branch ? field?.target !== Number(target) : field !== undefined) wrong++
      }
      process.stdout.write(`  compared ${instructions} instructions with llvm-objdump, ${wrong} differ\n`)
      expect(instructions).toBeGreaterThan(20_000)
      expect(wrong).toBe(0)
    },
    120_000,
  )
})
