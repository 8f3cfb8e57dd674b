// Shares the machine: nothing here depends on the clock.
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Bundle, bundle } from '../../doubles/bundle.ts'
import { makeRepository, type TestRepository } from '../../doubles/repository.ts'
import { addSubmodule, cloneRecursively } from '../../doubles/submodule.ts'

interface Built {
  readonly isolation: string
  readonly lent: 'borrowed' | 'copied' | 'nothing'
  readonly limitations: readonly { readonly what: string }[]
  readonly said: Readonly<Record<'base' | 'head' | 'control', string>>
}

const isRoot = process.getuid?.() === 0
const ORDINARY = 54321
const CANARY = `canary-${randomUUID()}`
const SYSTEM = '/usr/local/bin:/usr/bin:/bin'
let folder: string
let built: Bundle
let outer: TestRepository
let inner: TestRepository

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-builds-'))
  chmodSync(folder, 0o777)
  built = bundle(['__tests__/doubles/build-driver.ts'])
  ;[outer, inner] = [makeRepository(), makeRepository()]
  inner.commit('one', { v: '1' })
  inner.git('tag', 'inner-1')
  outer.commit('start', { f: '1' })
  outer.git('tag', '--annotate', '--message', 'first', 'v1.0')
  addSubmodule(outer, inner.folder, 'lib')
  outer.commit('base', {})
  outer.git('switch', '--quiet', '--create', 'topic')
  outer.commit('head', { f: '2' })
  outer.git('tag', 'light')
  outer.commit('newer head', { f: '3' })
})

afterAll(() => {
  for (const { remove } of [outer, inner]) remove()
  built.end()
  rmSync(folder, { recursive: true, force: true })
})

/** A clone as actions/checkout leaves it, with a token in each configuration. */
function cloneBelow(home: string, umask = 0o022): string {
  const clone = join(home, 'work', 'clone')
  mkdirSync(join(home, 'work'), { recursive: true })
  const before = process.umask(umask)
  cloneRecursively(outer.folder, clone, '--branch=topic')
  process.umask(before)
  for (const config of ['.git/config', '.git/modules/lib/config'])
    execFileSync('git', ['config', '--file', join(clone, config), 'http.extraheader', CANARY])
  return clone
}

const PLACES = ['in the home folder', 'elsewhere']

/** A home folder and a clone in it or beside it, below a folder of their owner's. */
function placed(place: string, umask?: number) {
  const owner = mkdtempSync(join(folder, 'owner-'))
  chmodSync(owner, 0o755)
  const home = join(owner, 'home')
  mkdirSync(home)
  return { clone: cloneBelow(place === 'elsewhere' ? owner : home, umask), home, owner }
}

interface Run {
  readonly as?: 'ordinary'
  readonly home: string
  /** What is given to the ordinary user. */
  readonly owner?: string
  readonly level?: 'auto' | 'off'
  readonly path?: string
}

function build(clone: string, command: string, { as, home, owner = home, level = 'auto', path }: Run): Built {
  const node = [process.execPath, built.path('build-driver'), level, clone, 'origin/main', 'HEAD', command]
  const become = ['/usr/bin/setpriv', `--reuid=${ORDINARY}`, `--regid=${ORDINARY}`, '--clear-groups', '--']
  if (as === 'ordinary' && isRoot) spawnSync('chown', ['-R', `${ORDINARY}:${ORDINARY}`, owner])
  const [file, ...args] = as === 'ordinary' && isRoot ? [...become, ...node] : node
  const result = spawnSync(file!, args, {
    env: { PATH: path ?? SYSTEM, TMPDIR: folder, HOME: home },
    encoding: 'utf8',
  })
  if (result.status !== 0) throw new Error(result.stderr)
  return JSON.parse(result.stdout) as Built
}

const ASK = [
  'git describe --tags --always --dirty',
  'git describe',
  'git rev-parse HEAD',
  'git log -1 --format=%s',
  'git rev-list --count origin/main..HEAD',
  'git status --short --untracked-files=no',
  'git -C lib describe --tags',
  'git submodule status',
  'git submodule update --init --recursive && echo up to date',
].join('; ')

/** What a plain checkout of this commit answers; the submodule is registered there already. */
function plain(clone: string, commit: string): string {
  const tree = mkdtempSync(join(folder, 'plain-'))
  const env = { PATH: SYSTEM, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' }
  const files = ['-c', 'protocol.file.allow=always', '-c', 'safe.directory=*']
  const git = (...args: string[]) => execFileSync('git', [...files, ...args], { env, stdio: 'pipe' })
  cpSync(clone, tree, { recursive: true, verbatimSymlinks: true })
  git('-C', tree, 'checkout', '--quiet', '--detach', commit)
  git('-C', tree, 'submodule', 'update', '--quiet', '--init')
  return spawnSync('bash', ['-c', `exec 2>&1; ${ASK}`], { cwd: tree, env, encoding: 'utf8' }).stdout
}

/** Without the one line that tells that the build itself has registered the submodule. */
const answers = (text: string) => text.replace(/^Submodule 'lib' .* registered for path 'lib'\n/m, '')

/** A PATH without the tools that make namespaces. */
function pathWithoutNamespaces(): string {
  const bin = mkdtempSync(join(folder, 'bin-'))
  chmodSync(bin, 0o755)
  const names = 'git bash sh setpriv cp rm chmod chown timeout cat sed uname basename touch env test find'
  for (const name of names.split(' ')) {
    const found = SYSTEM.split(':')
      .map(at => join(at, name))
      .find(existsSync)
    if (found) symlinkSync(found, join(bin, name))
  }
  return bin
}

interface Level {
  readonly name: string
  readonly run: Omit<Run, 'home' | 'owner'>
  readonly umask?: number
  readonly lent: Built['lent']
  readonly needsRoot?: boolean
}

const LEVELS: readonly Level[] = [
  { name: 'as the user who is there', run: {}, lent: 'borrowed' },
  { name: 'as an ordinary user', run: { as: 'ordinary' }, lent: 'borrowed' },
  { name: 'without isolation', run: { level: 'off' }, lent: 'borrowed' },
  { name: 'of a clone that is closed to others', run: {}, umask: 0o077, lent: 'copied', needsRoot: true },
  { name: 'as another user alone', run: { path: 'none' }, lent: 'borrowed', needsRoot: true },
  {
    name: 'as another user alone, of a closed clone',
    run: { path: 'none' },
    ...{ umask: 0o077, lent: 'copied', needsRoot: true },
  },
]

describe.each(LEVELS)('git inside a build $name', ({ run, umask, lent, needsRoot }) => {
  const skip = needsRoot && !isRoot
  const given = () => (run.path === 'none' ? { ...run, path: pathWithoutNamespaces() } : run)

  test.each(PLACES)('answers as in a plain checkout, with the clone %s', place => {
    if (skip) return console.warn('skipped: only root has another user to give')
    const { clone, home, owner } = placed(place, umask)
    const [base, head] = ['origin/main', 'origin/topic'].map(name => plain(clone, name))
    const built = build(clone, ASK, { ...given(), home, owner })
    expect(answers(built.said.head)).toBe(head)
    expect(answers(built.said.base)).toBe(base)
    expect(built.said.control).toBe(built.said.base)
    expect(built.lent).toBe(lent)
    expect(head).toContain('light-1-g')
    expect(head).toContain('up to date')
  })

  test.each(PLACES)('cannot change the objects or our clone, and sees no token, with the clone %s', place => {
    if (skip) return console.warn('skipped: only root has another user to give')
    const { clone, home, owner } = placed(place, umask)
    const attack = [
      'for at in CLONE/.git CLONE/.git/objects CLONE/.git/modules/lib/objects; do touch "$at/written"; done',
      'for at in ../clone.git ../clone.git/objects; do touch "$at/written" && echo wrote; done',
      'unshare --user --map-root-user --mount sh -c "umount -l CLONE/.git/objects; umount -l ../clone.git; mount -o remount,bind,rw CLONE/.git/objects; touch CLONE/.git/objects/written"',
      'for at in CLONE /proc/1/root/CLONE ..; do find "$at" -type f \\( -name config -o -name "*.lock" \\) -exec cat {} +; done',
      'git config --list --show-origin',
      'git -C CLONE config --list',
      'cat ~/.gitconfig; env',
    ].join('; ')
    // In two parts, because a path that is written out leads to the side's own tree where there are no mount namespaces.
    const middle = Math.floor(clone.length / 2)
    const command = `first='${clone.slice(0, middle)}'; last='${clone.slice(middle)}'; ${attack.replaceAll('CLONE', '$first$last')}`
    const { isolation, said, limitations } = build(clone, command, { ...given(), home, owner })
    const text = Object.values(said).join('\n')
    // A token that can be read is one that is told of.
    expect(limitations.some(({ what }) => what.includes('could read a token'))).toBe(text.includes(CANARY))
    const written = ['.git', '.git/objects', '.git/modules/lib/objects'].filter(at =>
      existsSync(join(clone, at, 'written')),
    )
    if (isolation === 'none') return expect(written).toHaveLength(3)
    expect(text).not.toContain('wrote')
    // Another user alone is kept out by what the files allow; see SECURITY.md.
    if (isolation.includes('mountns') || umask === 0o077) expect(text).not.toContain(CANARY)
    expect(written).toEqual([])
  })
})

describe('a tree', () => {
  test('has the line ends, identifiers and archives that a plain checkout gives it', () => {
    const repository = makeRepository()
    try {
      const attributes =
        '*.crlf text eol=crlf\n*.auto text=auto\n*.id ident\n*.sub export-subst\n*.utf16 text working-tree-encoding=UTF-16LE\n'
      repository.commit('one', {
        ...{ '.gitattributes': attributes, 'a.crlf': 'a\nb\n', 'a.auto': 'a\nb\n', 'a.id': '$Id$\n' },
        ...{ 'a.sub': '$Format:%H$\n', 'a.utf16': '' },
      })
      writeFileSync(join(repository.folder, 'a.utf16'), Buffer.from('ab\n', 'utf16le'))
      repository.commit('two', {})
      repository.git('branch', 'topic')
      const home = mkdtempSync(join(folder, 'home-'))
      const sums = 'sha256sum a.*; git status --short'
      chmodSync(repository.folder, 0o755)
      const answer = ['a.crlf', 'a.auto', 'a.id', 'a.sub', 'a.utf16']
      for (const name of answer) rmSync(join(repository.folder, name))
      repository.git('checkout', '--quiet', '--', '.')
      const expected = spawnSync('bash', ['-c', sums], { cwd: repository.folder, encoding: 'utf8' }).stdout
      repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
      expect(build(repository.folder, sums, { home }).said.head).toBe(expected)
      expect(expected.split('\n')).toHaveLength(answer.length + 1)
    } finally {
      repository.remove()
    }
  })
})
