import { check, expect, job } from './results.mjs'
import { changedSince, readSettings } from './settings.mjs'

await job(async () => {
  const before = readSettings()
  await check('settings read twice are equal', () => expect({ equal: changedSince(before).join() === '' }))
})
