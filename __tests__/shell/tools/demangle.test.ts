import { spawnSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import type { ToolCommand, ToolPort } from '../../../src/shell/ports/ports.ts'
import { demangle } from '../../../src/shell/tools/demangle.ts'
import { testWith, toolPath } from '../../core/elf/tools-here.ts'

/** Tools that are really run, of which only some are there. */
function realTools(...names: readonly string[]): ToolPort & { readonly commands: ToolCommand[] } {
  const commands: ToolCommand[] = []
  return {
    commands,
    find: async name => (names.includes(name) ? toolPath(name) : undefined),
    run: async command => {
      commands.push(command)
      const { status, stdout, stderr } = spawnSync(command.file, command.args, {
        input: command.input ?? '',
        encoding: 'utf8',
      })
      return { code: status, stdout, stderr }
    },
  }
}

const fakeTools = (answer: string, code = 0): ToolPort => ({
  find: async name => `/usr/bin/${name}`,
  run: async () => ({ code, stdout: answer, stderr: '' }),
})

const names = [
  '_ZN3foo3barEi',
  '_ZN4core3fmt5write17h0123456789abcdefE',
  '_RNvCskwGfYPst2Cb_3foo3baz',
  'main',
]
const readable = {
  _ZN3foo3barEi: 'foo::bar(int)',
  _ZN4core3fmt5write17h0123456789abcdefE: 'core::fmt::write',
  _RNvCskwGfYPst2Cb_3foo3baz: 'foo::baz',
}

/** A name of a few hundred characters whose readable form is twice as long with each step. */
function doubled(steps: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const again = (index: number) =>
    index === 0 ? 'S_' : index > 36 ? `S1${digits[(index - 1) % 36]}_` : `S${digits[index - 1]}_`
  let [name, last] = ['_Z1f1a1bIS_S_E', 2]
  for (let step = 1; step < steps; step++) {
    name += `${again(1)}I${again(last)}${again(last)}E`
    last++
  }
  return name
}

describe('demangle', () => {
  testWith('c++filt')(
    'leaves a name as it is that stands for a very long one, or for one without end',
    async () => {
      const long = doubled(14)
      expect(long.length).toBeLessThan(200)
      const tools = realTools('c++filt')
      expect(Object.fromEntries(await demangle([long, doubled(2), '_Z1fv'], tools))).toEqual({
        [doubled(2)]: 'f(a, b<a, a>, b<b<a, a>, b<a, a> >)',
        _Z1fv: 'f()',
      })
      expect(await demangle([doubled(60), '_Z1fv'], tools)).toEqual(new Map())
    },
  )

  for (const tool of ['c++filt', 'llvm-cxxfilt'])
    testWith(tool)(`reads C++ and Rust names by ${tool}, all in one process`, async () => {
      const tools = realTools(tool)
      expect(Object.fromEntries(await demangle([...names, ...names], tools))).toEqual(readable)
      expect(tools.commands).toHaveLength(1)
    })

  testWith('c++filt')('leaves hostile names as they are', async () => {
    const hostile = [
      '_Z\n_ZN3foo3barEi',
      '_Z1f\n',
      '_Z $(reboot)',
      '_Z1f`x`',
      `_Z${'N'.repeat(100_000)}`,
      '-_Z1fv',
      '_Z1fv',
    ]
    expect(Object.fromEntries(await demangle(hostile, realTools('c++filt')))).toEqual({ _Z1fv: 'f()' })
  })

  test('yields nothing without a filter, and starts none for plain names', async () => {
    expect(await demangle(names, realTools())).toEqual(new Map())
    const tools = realTools('c++filt')
    expect(await demangle(['main', 'memcpy'], tools)).toEqual(new Map())
    expect(tools.commands).toEqual([])
  })

  test.each([
    ['answers with fewer lines', fakeTools('foo\n')],
    ['fails', fakeTools('a\nb\nc\n', 1)],
  ])('believes no filter that %s', async (_, tools) => {
    expect(await demangle(names, tools)).toEqual(new Map())
  })
})
