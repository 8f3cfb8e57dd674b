import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LayoutFault } from '../../src/core/layouts/fault.ts'
import type { BenchmarkPlan } from '../../src/core/model/plan.ts'
import type { Result } from '../../src/core/model/result.ts'
import { buildSide } from '../../src/flow/build/build-side.ts'
import { readHistory } from '../../src/flow/history/history.ts'
import { openRelinkSetup, type RelinkSetup } from '../../src/flow/layouts/relink-setup.ts'
import type { LayoutRequest } from '../../src/flow/layouts/request.ts'
import { checkOut } from '../../src/flow/trees/checkout.ts'
import { clock, noCache } from '../../src/shell/open-ports.ts'
import type { Ports } from '../../src/shell/ports/ports.ts'
import { openSandbox } from '../../src/shell/sandbox/open.ts'
import { tools } from '../../src/shell/tools/tools.ts'
import { writeRepository } from '../scenarios/repository.ts'
import type { Tree } from '../scenarios/scenario.ts'

export interface BuiltSides {
  readonly base: Tree
  readonly head: Tree
  readonly build: string
  readonly run: string
}

/**
 * Sets a real repository up, builds both sides as a gate does, and hands over what a trial asks for. The benchmark
 * prints its value as `cost N`, so that no outcome depends on a clock.
 */
export async function withBuiltSides<T>(
  work: string,
  sides: BuiltSides,
  use: (request: LayoutRequest, setup: RelinkSetup, ports: Ports) => Promise<Result<T, LayoutFault>>,
): Promise<Result<T, LayoutFault>> {
  const [repository, own] = [join(work, 'repository'), join(work, 'own')]
  mkdirSync(own, { recursive: true })
  writeRepository({ ...sides, message: 'Cost more' }, repository)
  const sandbox = await openSandbox(own, { level: 'off' })
  try {
    const ports = portsIn(own, sandbox)
    const history = await readHistory({ repository, base: ['base'], head: 'head' }, tools)
    const { mirrors, trees } = await checkOut(history, own, tools)
    const env = { base: childEnv(), head: childEnv() }
    for (const side of ['base', 'head'] as const) {
      await sandbox.adopt(trees[side])
      const failure = await buildSide(side, { command: sides.build, trees, env, timeoutSeconds: 120 }, ports)
      if (failure) throw new Error(failure.error.failure.lastLines.join('\n'))
    }
    const benchmark: BenchmarkPlan = {
      ...{ name: 'place', command: sides.run, format: { kind: 'regex', pattern: 'cost (\\d+)' }, unit: '' },
      ...{ better: 'lower', metric: 'time', threshold: 0.05, budgetSeconds: 60, timeoutSeconds: 60 },
    }
    const opened = await openRelinkSetup(
      {
        ...{ benchmarks: [benchmark], build: sides.build, buildTimeoutSeconds: 120, env, trees, mirrors },
        commits: { base: history.base.sha, head: history.head.sha },
        folder: join(own, 'trial'),
        match: (pattern, text) =>
          [...text.matchAll(new RegExp(pattern, 'g'))].map(match => ({ value: match[1]!, after: '' })),
      },
      ports,
    )
    if (!opened.ok) return opened
    const request: LayoutRequest = {
      question: 'slowdown',
      ...{ benchmark, hot: ['alpha', 'main.alpha'], ratio: 1.5, movedHot: true },
      ...{ layouts: 4, budgetSeconds: 120, seed: 5, scheduling: {} },
    }
    return await use(request, opened.value, ports)
  } finally {
    await sandbox.end()
  }
}

function portsIn(folder: string, sandbox: Ports['sandbox']): Ports {
  return {
    ...{ tools, sandbox, clock, folder, cache: noCache },
    log: { line: () => {}, warn: () => {}, group: (_, inside) => inside() },
    machine: {
      fingerprint: async () => ({}),
      hold: async () => ({ knobs: [], gaps: [], scheduling: {}, release: async () => [] }),
      noise: async () => [],
    },
  }
}

/** Toolchains of the caller's home are passed on, and go's own cache, because filling a new one takes long. */
function childEnv(): Readonly<Record<string, string>> {
  const { PATH = '/usr/bin:/bin', HOME = '/root' } = process.env
  const inHome = { RUSTUP_HOME: '.rustup', CARGO_HOME: '.cargo', GOCACHE: '.cache/go-build' }
  const passed = Object.entries(inHome).map(
    ([name, path]) => [name, process.env[name] ?? join(HOME, path)] as const,
  )
  return { PATH, ...Object.fromEntries(passed) }
}
