import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A real repository behind a `file://` remote, cloned as actions/checkout does it. */
export interface Sample {
  /** A folder for whatever belongs to this sample. */
  readonly root: string
  readonly workspace: string
  /** The tip of main, which the pull requests branch from. */
  readonly base: string
  /** Commits a change on a branch from main, and lays out the test merge in the workspace; yields the branch's own commit. */
  head(files: Readonly<Record<string, string>>): string
  /** Takes main itself one commit further. */
  advance(files: Readonly<Record<string, string>>): string
  /** Names the tip of main. */
  tag(name: string): void
  remove(): void
}

/** A program that works for SPINS times 10,000 rounds: it takes the time that it takes. */
export const SPIN = `#include "value.h"
int main(void) {
  volatile unsigned x = 1;
  for (unsigned i = 0; i < VALUE * 10000u; i++) x = x * 1664525u + 1013904223u;
  return x == 42;
}
`

/** A program that prints its value, so that the noise of the machine decides nothing. */
export const PRINT = `#include <stdio.h>
#include "value.h"
int main(void) {
  printf("%.6f\\n", VALUE);
  return 0;
}
`

/** The header that both programs read, a line of the program each. */
export const value = (text: number | string) => ({ 'value.h': `#define VALUE ${text}\n` })

/** Builds the sample with its first commit on main. */
export function makeSample(files: Readonly<Record<string, string>>): Sample {
  const root = mkdtempSync(join(tmpdir(), 'pv-sample-'))
  // The code of a pull request may run as another user, who has to get as far as its work tree.
  chmodSync(root, 0o711)
  const origin = join(root, 'origin')
  const workspace = join(root, 'work', 'hello-world')
  mkdirSync(origin)
  const commit = (message: string, changed: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(changed)) {
      mkdirSync(dirname(join(origin, name)), { recursive: true })
      writeFileSync(join(origin, name), text)
    }
    git(origin, 'add', '--all')
    git(origin, 'commit', '--quiet', '--allow-empty', '--message', message)
    return git(origin, 'rev-parse', 'HEAD')
  }
  git(origin, 'init', '--quiet', '--initial-branch=main')
  let base = commit('Start', files)
  mkdirSync(join(root, 'work'), { recursive: true })
  git(root, 'clone', '--quiet', `file://${origin}`, workspace)
  const fetch = () => git(workspace, 'fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*')
  return {
    root,
    workspace,
    get base() {
      return base
    },
    head: changed => {
      git(origin, 'checkout', '--quiet', '-B', 'feature', 'main')
      const head = commit('Change', changed)
      git(origin, 'checkout', '--quiet', '--detach', 'main')
      git(origin, 'merge', '--quiet', '--no-ff', '--message', 'Test merge', head)
      git(origin, 'branch', '--force', 'test-merge')
      git(origin, 'checkout', '--quiet', 'main')
      fetch()
      git(workspace, 'checkout', '--quiet', '--detach', 'origin/test-merge')
      return head
    },
    advance: changed => {
      git(origin, 'checkout', '--quiet', 'main')
      base = commit('Go on', changed)
      fetch()
      git(workspace, 'checkout', '--quiet', '--detach', 'origin/main')
      return base
    },
    tag: name => void git(origin, 'tag', name, 'main'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

function git(folder: string, ...args: readonly string[]): string {
  const person = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  return execFileSync('git', ['-C', folder, ...person, ...args], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim()
}
