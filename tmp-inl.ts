import { readInlines } from './src/core/elf/dwarf/inlines.ts'
import { inflate, openElf } from './src/shell/files/elf-file.ts'
for (const path of process.argv.slice(2)) {
  const { elf } = openElf(path)
  const t0 = Date.now()
  const table = readInlines(elf, inflate)
  const f = elf.symbols.find(s => s.kind === 'function' && /(^|[.\d])run(?=$|[^a-z])/.test(s.name) && !/lang|rt/.test(s.name)) ?? elf.symbols.find(s => s.name.includes('run17') || s.name === '_Z3runRKSt6vectorIjSaIjEE')
  console.log(path, table.known, f?.name, f && table.within(f).map(i => `${i.depth}:${i.name}@${i.ranges.map(r => r.low.toString(16) + '-' + r.high.toString(16)).join(',')}`), Date.now() - t0)
}
