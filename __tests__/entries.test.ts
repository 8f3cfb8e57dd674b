import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parseReport } from '../src/core/report-file/parse-report.ts'
import { type Stage, setStage } from './e2e/harness.ts'
import { PRINT, value } from './e2e/repository.ts'

/** One run of each entry as it is delivered; `__tests__/e2e` tries the rest with npm run test:system. */
const entry = (name: string) => resolve('dist', `${name}.js`)
/** For a machine that does much else. */
const PATIENCE = 300_000

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
}, PATIENCE)
afterAll(async () => await stage.close())

describe('each entry, as it is delivered', () => {
  test(
    'main gates a pull request and comments on it, and post cleans up',
    async () => {
      const run = await stage.gate(stage.sample.head(value('0.200')))
      expect(run.stages.map(one => [one.name, one.code])).toEqual([
        ['main', 1],
        ['post', 0],
      ])
      expect(run.outputs).toMatchObject({ verdict: 'fail', regressions: '1' })
      expect(run.comments).toEqual([expect.stringMatching(/parse.*takes 2× as long/)])
      expect(stage.github.violations()).toEqual([])
    },
    PATIENCE,
  )

  test(
    'cli gates two commits of a repository',
    () => {
      stage.sample.head(value('0.101'))
      const out = join(stage.sample.root, 'out')
      const asked = ['--repo', stage.sample.workspace, '--base', stage.sample.base, '--head', 'HEAD']
      const how = [
        '--build',
        'cc -O1 -o program program.c',
        '--bench',
        'parse=./program',
        '--format',
        'seconds',
      ]
      const quick = ['--counters', 'off', '--layouts', 'off', '--tune', 'off', '--warmup', '0', '--out', out]
      const { status, stdout } = spawnSync(
        process.execPath,
        [entry('cli'), 'gate', ...asked, ...how, ...quick],
        { encoding: 'utf8', env: { ...process.env, TMPDIR: stage.sample.root, HOME: stage.sample.root } },
      )
      expect({ status, stdout }).toMatchObject({ status: 0 })
      expect(existsSync(join(out, 'report.html'))).toBe(true)
      expect(parseReport(readFileSync(join(out, 'report.json'), 'utf8'))).toMatchObject({ verdict: 'pass' })
    },
    PATIENCE,
  )

  test('host tells what it sees of this machine', () => {
    const { status, stdout } = spawnSync(process.execPath, [entry('host'), 'status'], { encoding: 'utf8' })
    expect({ status, stdout }).toMatchObject({ status: 0 })
    expect(stdout).toMatch(/^swappiness +\d+/m)
  })
})
