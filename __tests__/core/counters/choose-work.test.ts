import { describe, expect, test } from '@jest/globals'
import { chooseWork } from '../../../src/core/counters/choose-work.ts'
import {
  type Chooser,
  type Followed,
  sameWork,
  startersDiffer,
  titleOf,
} from '../../../src/core/counters/same-work.ts'
import { type Started, seenProcesses, TREE } from '../../doubles/seen-processes.ts'

const choose = (command: Started) => chooseWork(seenProcesses(command), TREE)!
/** The gate's own shell, which starts every command. */
const command = (...starts: readonly Started[]): Started => ({ line: 'bash -e -c x', ms: 2, starts })
const sh = (...starts: readonly Started[]): Started => ({ line: 'sh -c x', ms: 1, starts })
const bench: Started = { line: `${TREE}/bench 1 2`, ms: 5 }
const npm = (...starts: readonly Started[]): Started => ({
  line: 'node /usr/lib/node_modules/npm/bin/npm-cli.js run bench',
  ms: 200,
  starts,
})
const titles = (started: Started) => choose(started).works.map(work => titleOf([work]))

describe('a program of a few milliseconds', () => {
  test.each<[string, Started]>([
    ['npm run', npm(sh(bench))],
    ['npm, as Debian calls it', { line: 'node /usr/bin/npm run bench', ms: 200, starts: [sh(bench)] }],
    ['npx', { line: 'node /opt/node/bin/npx bench', ms: 300, starts: [sh(bench)] }],
    ['yarn', { line: 'node /usr/share/yarn/bin/yarn.js bench', ms: 300, starts: [bench] }],
    ['pnpm of corepack', { line: 'node /x/corepack/v1/pnpm/9/bin/pnpm.cjs bench', ms: 300, starts: [bench] }],
    ['node --run', { line: 'node --run bench', ms: 20, starts: [sh(bench)] }],
    ['cargo run', { line: '/root/.rustup/bin/cargo run --release', ms: 60, starts: [bench] }],
    ['cargo by rustup', { line: 'cargo run', program: '/root/.cargo/bin/rustup', ms: 60, starts: [bench] }],
    [
      'go run, whose program is gone',
      {
        line: '/usr/local/go/bin/go run .',
        ms: 90,
        starts: [{ ...bench, program: '/scratch/kept/6/bench', passing: true }],
      },
    ],
    [
      'go run with a cached program',
      { line: 'go run .', ms: 90, starts: [{ ...bench, program: '/home/x/.cache/go-build/ab/ab-d/bench' }] },
    ],
    ['make', { line: 'make bench', ms: 15, starts: [sh(bench)] }],
    ['ninja', { line: 'ninja bench', ms: 15, starts: [sh(bench)] }],
    ['meson test', { line: 'python3 /usr/bin/meson test --benchmark', ms: 400, starts: [bench] }],
    ['ctest', { line: 'ctest -R bench', ms: 30, starts: [bench] }],
    ['just', { line: 'just bench', ms: 8, starts: [sh(bench)] }],
    ['uv run', { line: '/root/.local/bin/uv run bench', ms: 50, starts: [bench] }],
    ['poetry run', { line: 'python3.11 /usr/bin/poetry run bench', ms: 600, starts: [bench] }],
    ['python -m tox', { line: 'python3 -m tox -e bench', ms: 600, starts: [bench] }],
    ['python -m with a runner of the tree', { line: 'python3 -m runner', ms: 60, starts: [bench] }],
    ['a script of Python', { line: 'python3 bench.py', ms: 60, starts: [bench] }],
    ['a script of Perl', { line: 'perl bench.pl', ms: 6, starts: [bench] }],
    [
      'a chain of shells',
      { line: 'bash -c x', ms: 3, starts: [{ line: 'bash -c x', ms: 3, starts: [bench] }] },
    ],
    ['env, nice, taskset, time', chain(['env', 'nice', 'taskset', 'time', 'timeout', 'xargs'], bench)],
    ['a shell that is busy itself', { line: 'bash shim', ms: 60, starts: [bench] }],
    ['a sudo that is a script', { line: 'sh /opt/bin/sudo ./bench', ms: 4, starts: [bench] }],
    [
      'a shim of pyenv before a Python that runs code of the tree',
      {
        line: 'bash /root/.pyenv/shims/python3 x.py',
        ms: 150,
        starts: [{ line: 'python3 x.py', ms: 5, treeCode: [`${TREE}/x.so`] }],
      },
    ],
    [
      'make, which compiles first',
      {
        line: 'make bench',
        ms: 20,
        starts: [sh({ line: 'gcc -O2', ms: 3, starts: [{ line: '/usr/lib/gcc/cc1', ms: 900 }] }), sh(bench)],
      },
    ],
    ['a launcher by another name', { line: '/tmp/copy/mk bench', ms: 15, starts: [sh(bench)] }],
    [
      'a launcher of the tree by another name',
      { line: `${TREE}/tools/mk bench`, ms: 15, starts: [sh({ ...bench, ms: 20 })] },
    ],
  ])('is the work behind %s', (_, started) => {
    const { works, worthwhile, built, bound } = choose(command(started))
    expect(works).toHaveLength(1)
    expect(works[0]!.words.at(-1)).toBe(works[0]!.name === 'python' ? 'x.py' : '2')
    expect({ worthwhile, built, bound }).toEqual({ worthwhile: true, built: true, bound: undefined })
  })

  test('started by nothing but the shell of every command is counted as it is', () => {
    expect(choose(command(bench)).worthwhile).toBe(false)
  })

  test('is said to be started by those who took the time', () => {
    const { starters, seconds, startSeconds } = choose(command(npm(sh(bench))))
    expect(starters).toEqual(['npm', 'bash', 'sh'])
    expect([seconds, startSeconds]).toEqual([expect.closeTo(0.208), expect.closeTo(0.203)])
  })
})

function chain(names: readonly string[], last: Started): Started {
  const [first, ...rest] = names
  return first === undefined ? last : { line: `${first} x`, ms: 1, starts: [chain(rest, last)] }
}

describe('a benchmark that is not what it is started by', () => {
  const node: Started = { line: 'node bench.js', ms: 40 }
  test.each<[string, Started, readonly string[]]>([
    ['a script of node behind npm', npm(sh(node)), ['node bench.js']],
    [
      'a script of Python with helpers',
      { line: 'python3 bench.py', ms: 2000, starts: [{ line: 'git describe', ms: 4 }, bench] },
      ['python3 bench.py'],
    ],
    [
      'one called time.py',
      { line: 'python3 time.py', ms: 100, starts: [{ line: 'git describe', ms: 4 }] },
      ['python3 time.py'],
    ],
    [
      'a node script with an addon of the tree',
      npm(sh({ ...node, treeCode: [`${TREE}/build/Release/x.node`] })),
      ['node bench.js'],
    ],
    [
      'python -c that calls an extension',
      npm({ line: 'python3 -c x', ms: 60, treeCode: [`${TREE}/x.so`] }),
      ['python3 -c x'],
    ],
    [
      'a program of the tree that calls itself npm',
      { line: `${TREE}/npm`, ms: 50, starts: [{ line: 'sed x', ms: 1 }] },
      ['npm'],
    ],
    [
      'one that becomes another',
      npm({ ...bench, ms: 1, starts: [{ line: `${TREE}/real 3`, ms: 9 }] }),
      ['real 3'],
    ],
    [
      'one that forks workers',
      npm({ ...bench, ms: 90, starts: [{ ...bench, line: `${TREE}/worker`, ms: 20 }] }),
      ['bench 1 2'],
    ],
    [
      'a program of the system that has the time',
      { line: 'bash run.sh', ms: 5, starts: [{ line: 'sort x', ms: 900 }] },
      ['sort x'],
    ],
    ['two programs of the tree', npm(sh(bench, { ...bench, line: `${TREE}/other` })), ['bench 1 2', 'other']],
    [
      'a script that a short check of the tree precedes',
      command(bench, { ...node, ms: 3000 }),
      ['bench 1 2', 'node bench.js'],
    ],
    [
      'a tool that was installed into the tree',
      npm(
        sh(
          { line: 'esbuild x', program: `${TREE}/node_modules/esbuild/bin/esbuild`, ms: 30 },
          { ...bench, ms: 500 },
        ),
      ),
      ['bench 1 2'],
    ],
  ])('%s is counted', (_, started, expected) => {
    expect(titles(command(started))).toEqual(expected)
  })

  test.each<[string, Started]>([
    ['a loop of bash', { line: 'bash loop.sh', ms: 900, starts: [{ line: 'sed x', ms: 2 }] }],
    ['npm alone', npm()],
    ['a build', { line: 'make', ms: 20, starts: [{ line: '/usr/lib/cc1', ms: 900 }] }],
  ])('%s is counted as it is', (_, started) => {
    expect(choose(command(started)).worthwhile).toBe(false)
  })
})

describe('what cannot be started by itself', () => {
  test.each<[string, Started, string | undefined]>([
    ['what reads from a pipe', npm({ ...bench, input: 'stream' }), 'input'],
    ['what reads from a file', npm({ ...bench, input: { file: '/work/tree/data' } }), undefined],
    ['what runs at the same time', { ...npm(bench, bench), atOnce: true }, 'at-once'],
    ['too many', npm(...Array.from({ length: 33 }, () => bench)), 'many'],
  ])('%s', (_, started, why) => {
    expect(choose(command(started)).bound).toBe(why)
  })
})

describe('both sides', () => {
  const on = (started: Started): Chooser => {
    const seen = seenProcesses(command(started))
    return scripts => chooseWork(seen, TREE, scripts)
  }
  const [base, other] = [on(npm(bench)), on(npm({ ...bench, line: `${TREE}/renamed` }))]
  const script = on(npm({ line: 'node bench.js', ms: 40 }))
  const runner = (scriptMs: number) => on({ line: 'python3 runner.py', ms: scriptMs, starts: [bench] })
  const named = (followed: Followed) => ('choices' in followed ? titleOf(followed.choices.head.works) : '')

  test('count a program of the tree whatever it is called, and more of them', () => {
    const followed = sameWork({ base, head: other })
    expect([followed.kind, named(followed)]).toEqual(['apart', 'renamed'])
    expect(sameWork({ base, head: on(npm(bench, { ...bench, line: `${TREE}/second` })) }).kind).toBe('apart')
  })

  test('are not compared where one runs a script and the other a program', () => {
    expect(sameWork({ base, head: script }).kind).toBe('differ')
    expect(
      sameWork({ base, head: on(npm({ line: 'node x.js', ms: 40, treeCode: [`${TREE}/x.node`] })) }).kind,
    ).toBe('differ')
    expect(sameWork({ base: script, head: script }).kind).toBe('apart')
  })

  test('leave out a script on both where its time says so on one', () => {
    const followed = sameWork({ base: runner(245), head: runner(255) })
    expect([followed.kind, named(followed)]).toEqual(['apart', 'bench 1 2'])
    // Where neither says so it is the work.
    expect(named(sameWork({ base: runner(400), head: runner(410) }))).toBe('')
    expect(runner(400)('by-time')!.works[0]!.name).toBe('python')
  })

  test('are counted whole where one was not seen, or neither is worth it', () => {
    const plain = on(bench)
    expect(sameWork({ base, head: () => undefined })).toEqual({ kind: 'whole' })
    expect(sameWork({ base: plain, head: plain })).toEqual({ kind: 'whole' })
    expect(sameWork({ base: plain, head: base }).kind).toBe('apart')
  })

  test.each<[number, number, readonly Started[], boolean]>([
    [200, 260, [], false],
    [200, 310, [], true],
    [10, 35, [], false],
    // What is built on one side only is no other launcher.
    [200, 210, [{ line: 'cc1 x', ms: 900 }], false],
  ])('have other starters where those take %d ms and %d ms', (before, after, builds, differ) => {
    const [one, other] = [before, after].map((ms, side) =>
      choose(command({ line: 'make', ms, starts: side === 0 ? builds : [] }, bench)),
    )
    const look = { base: one!, head: other! }
    expect(startersDiffer([look])).toBe(differ)
    expect(startersDiffer([look, { base: one!, head: one! }])).toBe(false)
  })

  test('say why they are not counted apart', () => {
    const piped = on(npm({ ...bench, input: 'stream' }))
    expect(sameWork({ base, head: piped })).toMatchObject({ kind: 'bound', why: 'input' })
  })
})
