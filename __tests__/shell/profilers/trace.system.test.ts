import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { traceProcesses } from '../../../src/shell/profilers/trace.ts'
import { hasTool } from '../../doubles/programs.ts'
import { type SpawningSandbox, spawningSandbox } from '../../doubles/spawning-sandbox.ts'

const able = hasTool('perl')
if (!able) process.stdout.write('skipped: tracing programs needs perl\n')
const withPerl = able ? describe : describe.skip

let sandbox: SpawningSandbox
let tree: string

withPerl('the programs that a command runs', () => {
  beforeAll(() => {
    sandbox = spawningSandbox()
    tree = realpathSync(mkdtempSync(join(tmpdir(), 'trace-')))
    // A program of the tree, and one that is gone after the run.
    cpSync('/bin/true', join(tree, 'own'))
    mkdirSync(join(tree, 'a b'))
    writeFileSync(join(tree, 'data'), '1\n')
  })
  afterAll(async () => {
    await sandbox.end()
    rmSync(tree, { recursive: true, force: true })
  })

  const traced = async (command: string, env: Record<string, string> = {}) => {
    const PATH = process.env.PATH ?? '/usr/bin:/bin'
    const found = await traceProcesses(sandbox, {
      ...{ side: 'base', command, tree, env: { PATH, ...env }, timeoutSeconds: 60 },
    })
    if (found === 'untraceable') throw new Error('this machine has perl and does not let it trace')
    return found
  }
  const lines = async (command: string) => (await traced(command))?.map(({ words }) => words.join('|'))

  test('are all seen, however short, with their words, folder, environment and input', async () => {
    const found = await traced(`cd 'a b' && KEPT='a, %41' ../own 'two  words' - '' <../data; true`)
    expect(found).toHaveLength(2)
    const [shell, own] = found!
    expect(own).toMatchObject({
      parent: shell!.id,
      program: join(tree, 'own'),
      words: ['../own', 'two  words', '-', ''],
      folder: join(tree, 'a b'),
      input: { file: join(tree, 'data') },
      treeCode: [join(tree, 'own')],
      passing: false,
    })
    expect(own!.environment).toContainEqual(['KEPT', 'a, %41'])
    expect(own!.seconds).toBeGreaterThan(0)
    expect(own!.started).toBeLessThan(own!.ended)
    expect(own!.ended).toBeLessThan(shell!.ended)
  })

  test('are seen one after another where a process becomes another program', async () => {
    expect(await lines('exec env A=1 env ./own x')).toEqual([
      expect.stringMatching(/^bash\|/),
      'env|A=1|env|./own|x',
      'env|./own|x',
      './own|x',
    ])
  })

  test('include one that is gone afterwards, of which a copy stays', async () => {
    const found = await traced(`d=$(mktemp -d); cp own "$d/gone"; "$d/gone"; rm -r "$d"`)
    const gone = found!.find(({ program }) => program.endsWith('/gone'))!
    expect(gone.passing).toBe(true)
    expect(existsSync(gone.program)).toBe(true)
  })

  test('are seen through stops, signals and copies of a process', async () => {
    const stopped = `sh -c 'kill -STOP $$; ./own stopped' & sleep 0.2; kill -CONT $!; wait $!`
    expect(await lines(stopped)).toContain('./own|stopped')
    expect(await lines(`trap './own trapped' USR1; kill -USR1 $$; (./own inner); (true)`)).toEqual([
      expect.stringMatching(/^bash\|/),
      './own|trapped',
      './own|inner',
    ])
  })

  test('read from a pipe where they do', async () => {
    const found = await traced(': | ./own; ./own')
    expect(found!.slice(1).map(({ input }) => input)).toEqual(['stream', 'nothing'])
  })

  test.each(['./own; exit 3', './own; kill -9 $$', 'exec ./nothing'])(
    '%s: a run that fails tells nothing',
    async command => {
      expect(await traced(command)).toBeUndefined()
    },
  )

  test('cannot be seen without perl, which is told from a run that fails', async () => {
    const workload = {
      side: 'base',
      command: 'true',
      tree,
      env: { PATH: join(tree, 'a b') },
      timeoutSeconds: 60,
    } as const
    const job = {
      ...sandbox,
      run: (each: Parameters<typeof sandbox.run>[0]) =>
        sandbox.run(each.argv[0] === 'sh' ? { ...each, argv: ['/bin/sh', '-c', 'exit 127'] } : each),
    }
    expect(await traceProcesses(job, { ...workload, env: { PATH: '/usr/bin:/bin' } })).toBe('untraceable')
  })
})
