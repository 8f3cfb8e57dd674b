import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type Stage, setStage } from './harness.ts'
import { SPIN, spins } from './repository.ts'

const MINUTE = 60_000
let stage: Stage
let slow: string

beforeAll(async () => {
  stage = await setStage({ 'spin.c': SPIN, 'spins.h': spins(100) })
})
afterAll(async () => await stage.close())
// GitHub's own description is the judge of every call, in every case.
afterEach(() => expect(stage.github.violations()).toEqual([]))

describe('the action, driven as the runner drives it', () => {
  test(
    'fails on a slowdown, and says so in comment, summary, annotations and outputs',
    async () => {
      slow = stage.sample.head({ 'spins.h': spins(200) })
      const run = await stage.gate(slow)
      process.stdout.write(`${run.log}\n${JSON.stringify(run.stages)}\n${run.comments[0]}\n`)
      expect(run.stages.map(one => [one.name, one.code])).toEqual([
        ['main', 1],
        ['post', 0],
      ])
    },
    MINUTE,
  )
})
