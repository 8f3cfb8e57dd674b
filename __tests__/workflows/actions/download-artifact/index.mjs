import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const { env } = process
const store = join(env.TEST_ARTIFACTS, env.GITHUB_RUN_ID)
const to = resolve(env.GITHUB_WORKSPACE, env.INPUT_PATH)
const wanted = new RegExp(`^${env.INPUT_PATTERN.replaceAll('*', '.*')}$`)
mkdirSync(to, { recursive: true })
for (const name of existsSync(store) ? readdirSync(store) : [])
  if (wanted.test(name)) cpSync(join(store, name), join(to, name), { recursive: true })
