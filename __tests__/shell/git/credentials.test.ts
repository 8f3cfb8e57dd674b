import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { findCredentials } from '../../../src/shell/git/credentials.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pv-credentials-'))
  for (const folder of ['git', 'home', 'temp']) mkdirSync(join(root, folder))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const at = (path: string) => join(root, path)
const header = (token: string) =>
  `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: bearer ${token}\n`
const found = () => findCredentials({ gitFolders: [at('git')], home: at('home'), temporary: at('temp') })

test('the token is found where actions/checkout v7 keeps it, and where older ones did', () => {
  const file = at('temp/git-credentials-0b1c.config')
  writeFileSync(file, header('token-of-v7'))
  writeFileSync(at('git/config'), `[includeIf "gitdir:/somewhere/else/.git"]\n\tpath = ${file}\n`)
  expect(found()).toEqual({ files: [file], secrets: ['token-of-v7'] })
  writeFileSync(at('git/config'), header('token-of-v4'))
  expect(found()).toEqual({ files: [at('git/config'), file], secrets: ['token-of-v4', 'token-of-v7'] })
})

test('a file that only an include names is found, at a path of its own', () => {
  writeFileSync(at('git/config.worktree'), '[include]\n\tpath = ../temp/own.cfg\n')
  writeFileSync(at('temp/own.cfg'), `[include]\n\tpath = ~/deeper\n`)
  writeFileSync(at('home/deeper'), header('deep-token'))
  expect(found()).toEqual({ files: [at('home/deeper')], secrets: ['deep-token'] })
})

test('the user’s own stores are looked into', () => {
  writeFileSync(at('home/.git-credentials'), 'https://me:store-token@github.com\n')
  writeFileSync(at('home/.netrc'), 'machine github.com login me password netrc-token\n')
  expect(found().secrets).toEqual(['store-token', 'netrc-token'])
})

test('nothing that lies there blocks, and circles end', () => {
  spawnSync('mkfifo', [at('temp/git-credentials-pipe.config')])
  symlinkSync('/dev/zero', at('temp/git-credentials-zero.config'))
  writeFileSync(at('temp/git-credentials-huge.config'), '')
  truncateSync(at('temp/git-credentials-huge.config'), 1e11)
  mkdirSync(at('temp/git-credentials-folder.config'))
  writeFileSync(at('git/config'), `[include]\n\tpath = config\n\tpath = ${at('temp/a')}\n`)
  writeFileSync(at('temp/a'), `[include]\n\tpath = ${at('git/config')}\n`)
  expect(found()).toEqual({ files: [], secrets: [] })
})
