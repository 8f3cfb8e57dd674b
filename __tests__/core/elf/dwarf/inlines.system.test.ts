// Shares the machine: nothing here depends on the clock.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readInlines } from '../../../../src/core/elf/dwarf/inlines.ts'
import type { SplitFiles } from '../../../../src/core/elf/dwarf/split-units.ts'
import { ElfError } from '../../../../src/core/elf/errors.ts'
import { inMemory } from '../../../../src/core/elf/fields.ts'
import { readElf } from '../../../../src/core/elf/read-elf.ts'
import { inflate } from '../../../../src/shell/files/elf-file.ts'
import { openSplitFiles } from '../../../../src/shell/files/split-files.ts'
import { craftElf } from '../crafted-elf.ts'
import { tally } from '../mutations.ts'
import { can, run, temporaryFolder, testWith, write } from '../tools-here.ts'

const folder = temporaryFolder()
const source = write(
  join(folder, 'a.cc'),
  `namespace lib { template <class T> struct Mix { static inline T step(T x, T k) { x ^= k; x *= 0x9e3779b9; return x ^ (x >> 7); } }; }
static inline unsigned fold(unsigned x) { return lib::Mix<unsigned>::step(x, 77) + 1; }
extern "C" __attribute__((noinline)) unsigned run(const unsigned *v, int n) {
  unsigned t = 0;
  for (int i = 0; i < n; i++) t += fold(v[i]) ^ lib::Mix<unsigned>::step(t, v[i]);
  return t;
}
`,
)

function build(compiler: string, options: readonly string[]): string {
  const path = join(folder, `${compiler}${options.join('')}.so`)
  run(compiler, ['-O2', '-shared', '-fPIC', '-nostdlib', ...options, '-o', path, source])
  return path
}

const read = (path: string) => readElf(inMemory(new Uint8Array(readFileSync(path))))

/** Functions around each address from the innermost out, as LLVM tells it (binutils names functions without a linkage name after their host). */
function chains(path: string, addresses: readonly number[]): ReadonlyMap<number, readonly string[]> {
  const input = addresses.map(at => `0x${at.toString(16)}\n`).join('')
  const out = run('llvm-symbolizer', [`--obj=${path}`, '--functions=linkage', '--inlines'], { input })
  const parts = out.trimEnd().split('\n\n')
  return new Map(
    addresses.map((at, index) => [at, parts[index]!.split('\n').filter((_, line) => line % 2 === 0)]),
  )
}

const FORMS = [
  ['g++', ['-gdwarf-5']],
  ['g++', ['-gdwarf-4']],
  ['g++', ['-gdwarf-3', '-gstrict-dwarf']],
  ['g++', ['-g1']],
  ['g++', ['-g', '-gz=zlib']],
  ['clang++', ['-gdwarf-5']],
  ['clang++', ['-gdwarf-4']],
  ['g++', ['-g', '-fuse-ld=gold']],
  ['g++', ['-g', '-fuse-ld=lld']],
  ['g++', ['-g', '-fuse-ld=mold']],
  ['g++', ['-g', '-Wl,--compress-debug-sections=zlib-gnu']],
  ['g++', ['-g', '-fdebug-types-section']],
] as const

for (const [compiler, options] of FORMS)
  testWith(compiler, 'llvm-symbolizer')(
    `${compiler} ${options.join(' ')}: the same functions around every instruction as LLVM finds`,
    () => {
      if (!can(compiler, ['-O2', '-shared', '-fPIC', '-nostdlib', ...options, source, '-o', '/dev/null']))
        return
      agreesWithLlvm(build(compiler, options))
    },
  )

/** Holds the functions around every instruction of `run` against what LLVM finds. */
function agreesWithLlvm(path: string, split?: SplitFiles): void {
  const elf = read(path)
  const table = readInlines(elf, inflate, split)
  const symbol = elf.symbols.find(({ name }) => name === 'run')!
  const instances = table.within(symbol) ?? []
  const addresses = Array.from({ length: symbol.size }, (_, at) => symbol.address + at)
  const plain = (name: string): string => (/step/.test(name) ? 'step' : /fold/.test(name) ? 'fold' : name)
  for (const [at, chain] of chains(path, addresses)) {
    const ours = instances
      .filter(({ ranges }) => ranges.some(({ low, high }) => low <= at && at < high))
      .toSorted((a, b) => b.depth - a.depth)
      .map(({ name }) => plain(name))
    expect([at, ...ours]).toEqual([at, ...chain.slice(0, -1).map(plain)])
  }
  expect(new Set(instances.map(({ name }) => plain(name)))).toEqual(new Set(['fold', 'step']))
  expect(table.producerOf(symbol)).toMatch(/GNU|clang/)
}

const SPLIT = [
  ['g++', '-gdwarf-5'],
  ['g++', '-gdwarf-4'],
  ['clang++', '-gdwarf-5'],
  ['clang++', '-gdwarf-4'],
] as const

/** As makefiles do: the object first, so that what is split off it has its name and stays. */
function buildSplit(compiler: string, version: string, name: string, packed = ''): string {
  const [object, path] = [`${name}.o`, join(folder, `${name}.so`)]
  const options = ['-O2', '-fPIC', version, '-gsplit-dwarf', ...(packed === '' ? [] : [packed])]
  run(compiler, [...options, '-c', '-o', object, source], { cwd: folder })
  run(compiler, ['-shared', '-nostdlib', '-o', path, object], { cwd: folder })
  return path
}

/** The same code with its debug information in one piece, which the forms above hold against LLVM. */
function wholeOf(compiler: string, version: string) {
  const elf = read(build(compiler, [version]))
  return readInlines(elf, inflate).within(elf.symbols.find(({ name }) => name === 'run')!)
}

for (const [compiler, version] of SPLIT)
  testWith(compiler)(
    `${compiler} ${version} -gsplit-dwarf: as without, from a unit in a file of its own`,
    () => {
      for (const packed of ['', '-gz']) {
        const path = buildSplit(compiler, version, `split-${compiler}${version}${packed}`, packed)
        const elf = read(path)
        const table = readInlines(elf, inflate, openSplitFiles(path, folder, folder))
        const symbol = elf.symbols.find(({ name }) => name === 'run')!
        expect(table.within(symbol)).toEqual(wholeOf(compiler, version))
        expect(table.producerOf(symbol)).toMatch(/GNU|clang/)
      }
    },
  )

/** Packers that can read what these compilers write: others end by a signal or not at all. */
const PACKED = [
  ['g++', '-gdwarf-4', 'dwp'],
  ['clang++', '-gdwarf-4', 'llvm-dwp'],
  ['clang++', '-gdwarf-5', 'llvm-dwp'],
] as const

for (const [compiler, version, packer] of PACKED)
  testWith(compiler, packer)(
    `${compiler} ${version} -gsplit-dwarf: as without, from a package of ${packer}`,
    () => {
      const name = `packed-${compiler}${version}`
      const path = buildSplit(compiler, version, name)
      run(packer, ['-e', path, '-o', `${path}.dwp`], { cwd: folder })
      rmSync(join(folder, `${name}.dwo`))
      const split = openSplitFiles(path, folder, folder)
      const elf = read(path)
      const symbol = elf.symbols.find(({ name: each }) => each === 'run')!
      expect(readInlines(elf, inflate, split).within(symbol)).toEqual(wholeOf(compiler, version))
      split.close()
    },
  )

testWith('g++')(
  'where what was split off is gone, of another build, or outside of the tree, nobody knows what is inlined',
  () => {
    const path = buildSplit('g++', '-gdwarf-5', 'gone')
    const symbol = read(path).symbols.find(({ name }) => name === 'run')!
    const within = (tree: string) =>
      readInlines(read(path), inflate, openSplitFiles(path, tree, tree)).within(symbol)
    expect(within(folder)?.length).toBeGreaterThan(1)
    const elsewhere = join(folder, 'elsewhere')
    mkdirSync(elsewhere)
    expect(within(elsewhere)).toBeUndefined()
    expect(readInlines(read(path), inflate).within(symbol)).toBeUndefined()
    buildSplit('g++', '-gdwarf-5', 'other')
    copyFileSync(join(folder, 'other.dwo'), join(folder, 'gone.dwo'))
    const before = readFileSync(join(folder, 'other.dwo'))
    writeFileSync(join(folder, 'gone.dwo'), before.subarray(0, before.length / 2))
    expect(within(folder)).toBeUndefined()
    rmSync(join(folder, 'gone.dwo'))
    expect(within(folder)).toBeUndefined()
  },
)

testWith('gcc')('a program without debug information says that it tells nothing', () => {
  const table = readInlines(read(build('g++', ['-g0'])), inflate)
  expect(table.known).toBe(false)
  expect(table.within({ address: 0x1000, size: 4096 })).toEqual([])
})

testWith('g++')('damaged debug information is read in part or refused, never more', () => {
  const files = [['-gdwarf-4'], ['-gdwarf-5']].map(options => {
    const whole = read(build('g++', options))
    const wanted = /^\.(debug_(line_str|str|info|abbrev|ranges|rnglists)|text)$/
    const { address, size } = whole.symbols.find(({ name }) => name === 'run')!
    return craftElf({
      type: 3,
      sections: whole.sections
        .filter(({ name }) => wanted.test(name))
        .map(({ name, type, flags, address, offset, size }) => ({
          ...{ name, type, flags, address, bytes: whole.file.read(offset, size) },
        })),
      symbols: [{ name: 'run', address, size }],
    })
  })
  const elves = files.map(bytes => readElf(inMemory(bytes)))
  for (const elf of elves)
    expect(readInlines(elf, inflate).within(elf.symbols[0]!)?.length).toBeGreaterThan(1)
  let [next, found] = [0, 0]
  const readDamaged = (bytes: Uint8Array): void => {
    const elf = { ...elves[next++ % elves.length]!, file: inMemory(bytes) }
    found += readInlines(elf, inflate).within(elf.symbols[0]!)?.length ?? 0
  }
  tally(files, { read: readDamaged, expected: error => error instanceof ElfError })
  expect(found).toBeGreaterThan(1000)
})

test('a file that is no program has no inlined code', () => {
  const elf = readElf(inMemory(craftElf({ type: 3, sections: [], symbols: [] })))
  expect(readInlines(elf, inflate).known).toBe(false)
})
