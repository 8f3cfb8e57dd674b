import { cpSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

const { env } = process
const from = resolve(env.GITHUB_WORKSPACE, env.INPUT_PATH)
const to = join(env.TEST_ARTIFACTS, env.GITHUB_RUN_ID, env.INPUT_NAME)
if (!existsSync(from))
  console.log(`::warning::No files were found with the provided path: ${env.INPUT_PATH}.`)
else if (existsSync(to) && env.INPUT_OVERWRITE !== 'true') {
  console.log('::error::an artifact with this name already exists on the workflow run')
  process.exitCode = 1
} else {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  cpSync(from, statSync(from).isDirectory() ? to : join(to, basename(from)), { recursive: true })
}
