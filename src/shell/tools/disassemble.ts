import type { SandboxPort, ToolPort } from '../ports/ports.ts'
import { scratchName } from '../profilers/run-under.ts'

/** Machine code from one address on. */
export interface CodePiece {
  readonly machine: 'x86-64' | 'aarch64'
  readonly address: number
  readonly bytes: Uint8Array
}

/** One argument of a program holds 128 KiB at most, and base64 takes four bytes for three. */
export const MOST_CODE_BYTES = 64 * 1024

const MACHINES = { 'x86-64': 'i386:x86-64', aarch64: 'aarch64' } as const
const SECONDS = 20
const OUTPUT_CAP_BYTES = 8 * 1024 * 1024

/** Writes each piece into a file and has it disassembled; a line tells which piece the lines behind it are of. */
const SCRIPT = [
  'file=$1; objdump=$2; shift 2',
  'while [ $# -ge 3 ]; do',
  'printf %s "$3" | base64 -d >"$file"',
  'echo "piece"; "$objdump" -D -b binary -m "$1" --adjust-vma="$2" --no-show-raw-insn "$file" || true; shift 3',
  'done; rm -f "$file"',
].join('\n')

/**
 * The instructions of each piece by their addresses, as objdump writes them; empty maps where there is no objdump, or none for this machine.
 * It sees bytes of code and no file of the pull request, and runs where benchmarks run.
 */
export async function disassemble(
  pieces: readonly CodePiece[],
  { tools, sandbox }: { readonly tools: ToolPort; readonly sandbox: SandboxPort },
): Promise<readonly ReadonlyMap<number, string>[]> {
  const objdump = pieces.length > 0 ? await tools.find('objdump') : undefined
  if (objdump === undefined) return pieces.map(() => new Map())
  const place = sandbox.placeOf(sandbox.spare)
  const file = `${place.inside.scratch}/${scratchName('code')}`
  const words = pieces.flatMap(({ machine, address, bytes }) => [
    MACHINES[machine],
    `0x${address.toString(16)}`,
    Buffer.from(bytes.subarray(0, MOST_CODE_BYTES)).toString('base64'),
  ])
  const { stdout } = await sandbox.run({
    argv: ['sh', '-c', SCRIPT, 'sh', file, objdump, ...words],
    tree: sandbox.spare,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    timeoutSeconds: SECONDS,
    outputCap: OUTPUT_CAP_BYTES,
  })
  const parts = stdout.split(/^piece$/m).slice(1)
  return pieces.map((_, at) => readListing(parts[at] ?? ''))
}

/** `  401136:\tmov    $0x3e8,%eax`. */
function readListing(text: string): ReadonlyMap<number, string> {
  const found = text.matchAll(/^ *([0-9a-f]{1,16}):\t(.+)$/gm)
  return new Map(
    Array.from(found, ([, address, words]) => [
      Number(`0x${address}`),
      words!.trim().replaceAll(/\s+/g, ' '),
    ]),
  )
}
