import type { HarnessName } from '../model/harness-name.ts'

/** The function that a row of a harness runs, as far as its name tells, and what follows that name in the row's. */
export interface RowFunction {
  /** Whether a symbol, with what compilers number taken off, is this function. */
  readonly isSymbol: (normalisedName: string) => boolean
  /** Arguments and sub-benchmarks: two rows of one function differ in them. */
  readonly rest: string
}

/** What the function of a row is called in a program; undefined for harnesses whose names say nothing of functions, and for templates. */
export function rowFunction(harness: HarnessName, row: string): RowFunction | undefined {
  if (harness === 'google-benchmark') return ofGoogleBenchmark(row)
  if (harness === 'go') return ofGo(row)
  return harness === 'libtest' ? ofRust(row) : undefined
}

/** `BM_x/8` runs `void BM_x(benchmark::State&)`, in any namespace, by the Itanium ABI's mangling. */
function ofGoogleBenchmark(row: string): RowFunction | undefined {
  const found = /^([A-Za-z_]\w*)(\/.*)?$/s.exec(row)
  if (!found) return undefined
  const [, name, rest = ''] = found
  const own = new RegExp(`^_Z(?:N.*)?L?${name!.length}${name}E?RN9benchmark5StateE$`)
  return { isSymbol: symbol => own.test(symbol), rest }
}

/** `BenchmarkX/size=5` runs `package.BenchmarkX`. */
function ofGo(row: string): RowFunction | undefined {
  const found = /^(?:.*\.)?(Benchmark\w*)(\/.*)?$/s.exec(row)
  if (!found) return undefined
  const [, name, rest = ''] = found
  return { isSymbol: symbol => symbol.endsWith(`.${name}`), rest }
}

/** `tests::bench_x` is the path of a function; both manglings of Rust write each step with its length. */
function ofRust(row: string): RowFunction | undefined {
  const steps = row.split('::')
  if (!steps.every(step => /^\w+$/.test(step))) return undefined
  const path = steps.map(step => `${step.length}${step}`).join('')
  return { isSymbol: symbol => symbol.startsWith('_ZN') && symbol.endsWith(`${path}E`), rest: '' }
}
