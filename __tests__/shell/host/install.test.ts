import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { install, programFiles, uninstall } from '../../../src/shell/host/install.ts'
import { type Bundle, bundle } from '../../doubles/bundle.ts'

let built: Bundle
let prefix: string
let program: string
beforeAll(() => {
  built = bundle(['src/host.ts'])
  program = built.path('host')
})
afterAll(() => built.end())
beforeEach(() => {
  prefix = fs.mkdtempSync(join(tmpdir(), 'perf-verdict-install-'))
})
afterEach(() => fs.rmSync(prefix, { recursive: true }))

const at = (path: string) => join(prefix, path)
// Any program that only root can change will do for node, which is not started here.
const request = () => ({ prefix, user: 'runner', program, node: '/bin/sh' })

function put(path: string, text: string, mode = 0o755): void {
  fs.mkdirSync(join(at(path), '..'), { recursive: true })
  fs.writeFileSync(at(path), text, { mode })
}

/** A stand-in for visudo(8) that keeps what it was given to check. */
function visudo(status: number): void {
  put('/usr/sbin/visudo', `#!/bin/sh\ncp "$3" "${prefix}/checked"\necho judged\nexit ${status}\n`)
}

function tree(folder = prefix): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name).slice(prefix.length))
    .sort()
}

describe('an installation', () => {
  test('writes the program, the command, the sudoers file, the unit and the hook, each with its mode', () => {
    visudo(0)
    const { done, troubles } = install(request())
    expect(troubles).toEqual([])
    const written = tree().filter(path => path !== '/usr/sbin/visudo' && path !== '/checked')
    expect(done.map(path => path.slice(prefix.length)).sort()).toEqual(written)
    expect(written).toEqual(
      expect.arrayContaining([
        '/etc/sudoers.d/perf-verdict',
        '/etc/systemd/system/multi-user.target.wants/perf-verdict-recover.service',
        '/etc/systemd/system/perf-verdict-recover.service',
        '/usr/local/lib/perf-verdict/host.js',
        '/usr/local/lib/perf-verdict/job-started.sh',
        '/usr/local/lib/perf-verdict/package.json',
        '/usr/local/sbin/perf-verdict-host',
      ]),
    )
    const mode = (path: string) => (fs.statSync(at(path)).mode & 0o7777).toString(8)
    expect(mode('/etc/sudoers.d/perf-verdict')).toBe('440')
    expect(mode('/usr/local/sbin/perf-verdict-host')).toBe('755')
    expect(mode('/usr/local/lib/perf-verdict/host.js')).toBe('644')
  })

  test('lets the user call three verbs and nothing else, and has that checked before it is in place', () => {
    visudo(0)
    install(request())
    const text = fs.readFileSync(at('/etc/sudoers.d/perf-verdict'), 'utf8')
    expect(fs.readFileSync(at('/checked'), 'utf8')).toBe(text)
    const command = '/usr/local/sbin/perf-verdict-host'
    expect(text.split('\n').filter(line => line !== '' && !line.startsWith('#'))).toEqual([
      `Defaults!${command} !requiretty`,
      `runner ALL=(root) NOPASSWD: ${command} hold *, ${command} recover, ${command} recover --json, ${command} status`,
    ])
  })

  test('leaves sudoers alone when the check fails or cannot be made, and says so', () => {
    visudo(1)
    expect(install(request()).troubles).toEqual([
      expect.stringMatching(/^visudo does not accept .*\(judged\)/),
    ])
    expect(fs.existsSync(at('/etc/sudoers.d/perf-verdict'))).toBe(false)
    expect(tree().some(path => path.includes('tmp-'))).toBe(false)
  })

  test('done twice is the same as once, and repairs what was changed', () => {
    visudo(0)
    install(request())
    const once = tree()
    fs.writeFileSync(at('/usr/local/lib/perf-verdict/host.js'), 'broken')
    install(request())
    expect(tree()).toEqual(once)
    expect(fs.readFileSync(at('/usr/local/lib/perf-verdict/host.js'), 'utf8')).toBe(
      fs.readFileSync(program, 'utf8'),
    )
  })

  test('takes away what an older version had and this one has not', () => {
    visudo(0)
    install(request())
    const old = '/usr/local/lib/perf-verdict/chunks/old.js'
    put(old, 'old')
    fs.appendFileSync(at('/usr/local/lib/perf-verdict/manifest'), `${old}\n`)
    install(request())
    expect(fs.existsSync(at(old))).toBe(false)
    expect(fs.existsSync(at('/usr/local/lib/perf-verdict/host.js'))).toBe(true)
  })

  test('is removed exactly, and removing it again does nothing', () => {
    visudo(0)
    put('/etc/sudoers.d/other', 'x')
    put('/usr/local/sbin/other', 'x')
    const before = tree()
    install(request())
    const { troubles } = uninstall(prefix)
    expect(troubles).toEqual([])
    expect(tree().filter(path => path !== '/checked')).toEqual(before)
    expect(fs.existsSync(at('/usr/local/lib/perf-verdict'))).toBe(false)
    expect(uninstall(prefix)).toEqual({ done: [], troubles: [] })
  })

  test('leaves what is not ours, and names it; a manifest cannot name anything else', () => {
    visudo(0)
    install(request())
    put('/usr/local/lib/perf-verdict/notes', 'mine')
    put('/etc/passwd', 'root')
    fs.appendFileSync(
      at('/usr/local/lib/perf-verdict/manifest'),
      '/etc/passwd\n/usr/local/lib/perf-verdict/../../../../etc/passwd\n',
    )
    expect(uninstall(prefix).troubles).toEqual([
      expect.stringMatching(/lib\/perf-verdict\/notes was not made by Perf Verdict/),
    ])
    expect(fs.existsSync(at('/etc/passwd'))).toBe(true)
  })

  test('copies a node that others than root could change', () => {
    visudo(0)
    put('/home/runner/node', '#!/bin/sh\n')
    const node = at('/home/runner/node')
    fs.chmodSync(node, 0o777)
    install({ ...request(), node })
    expect(fs.readFileSync(at('/usr/local/sbin/perf-verdict-host'), 'utf8')).toContain(
      "'/usr/local/lib/perf-verdict/node'",
    )
    expect(fs.readFileSync(at('/usr/local/lib/perf-verdict/node'), 'utf8')).toBe('#!/bin/sh\n')
  })

  test('has a command that takes three verbs, passes nothing of the environment on, and refuses the rest', () => {
    visudo(0)
    put('/node', '#!/bin/sh\necho "$@"; /usr/bin/env\n')
    install({ ...request(), node: at('/node') })
    const command = at('/usr/local/sbin/perf-verdict-host')
    // The command names the installed path of node; here it is below the prefix.
    fs.writeFileSync(
      command,
      fs.readFileSync(command, 'utf8').replaceAll("'/usr/local/lib", `'${prefix}/usr/local/lib`),
    )
    const env = {
      NODE_OPTIONS: '--require=/tmp/evil.js',
      LD_PRELOAD: '',
      GITHUB_TOKEN: 'ghs_x',
      SUDO_USER: 'bench',
    }
    const ran = spawnSync(command, ['hold', 'auto'], { encoding: 'utf8', env })
    const [called, ...environment] = ran.stdout.trim().split('\n')
    expect(called).toBe('/usr/local/lib/perf-verdict/host.js hold auto')
    expect(
      environment
        .map(line => line.split('=')[0])
        .filter(name => !['PWD', '_', 'OLDPWD', 'SHLVL'].includes(name!))
        .sort(),
    ).toEqual(['PATH', 'SUDO_USER'])
    for (const verb of ['install', 'uninstall', '', '--help']) {
      expect(spawnSync(command, [verb], { encoding: 'utf8', env })).toMatchObject({ status: 2, stdout: '' })
    }
  })
})

describe('the program', () => {
  test('is the script with everything that it imports, and no vendor', () => {
    const files = programFiles(program)
    expect(files.has('package.json')).toBe(true)
    const text = [...files.values()].join('\n')
    expect(text).not.toMatch(/node_modules|@actions\//)
  })

  test('follows imports through chunks', () => {
    fs.mkdirSync(at('/chunks'))
    fs.writeFileSync(at('/host.js'), 'import { a } from "./chunks/a.js";\nimport fs from "node:fs";\n')
    fs.writeFileSync(at('/chunks/a.js'), 'import "./b.js";\nexport { a } from "../c.js";\n')
    fs.writeFileSync(at('/chunks/b.js'), 'import { a } from "./a.js";\n')
    fs.writeFileSync(at('/c.js'), 'const s = "import x from \'./d.js\'"\n')
    expect([...programFiles(at('/host.js')).keys()].sort()).toEqual([
      'c.js',
      'chunks/a.js',
      'chunks/b.js',
      'host.js',
      'package.json',
    ])
  })
})
