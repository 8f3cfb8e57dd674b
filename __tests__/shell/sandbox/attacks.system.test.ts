import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Bundle, bundle } from '../../doubles/bundle.ts'
import { isRoot, ORDINARY } from '../../doubles/drive-sandbox.ts'
import { PATIENCE, soaking } from '../../doubles/soak.ts'

const SYSTEM = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

interface Level {
  readonly name: string
  readonly as: 'root' | 'ordinary'
  readonly without: readonly string[]
  readonly level: 'auto' | 'off'
  /** What the report calls it. */
  readonly says: RegExp
}

const NAMESPACES = ['bwrap', 'unshare']
const ALL_LEVELS: readonly Level[] = [
  { name: 'root, bubblewrap', as: 'root', without: [], level: 'auto', says: /^uid\+.*mountns.*seccomp/ },
  { name: 'root, util-linux', as: 'root', without: ['bwrap'], level: 'auto', says: /^uid\+.*mountns/ },
  { name: 'user, bubblewrap', as: 'ordinary', without: [], level: 'auto', says: /^userns.*seccomp/ },
  { name: 'user, util-linux', as: 'ordinary', without: ['bwrap'], level: 'auto', says: /^userns/ },
  { name: 'uid', as: 'root', without: NAMESPACES, level: 'auto', says: /^uid(\+cgroup)?$/ },
  { name: 'none', as: 'ordinary', without: NAMESPACES, level: 'off', says: /^none$/ },
]
const LEVELS = ALL_LEVELS.filter(({ as }) => isRoot || as === 'ordinary')

/** What a real runner's home looks like, with a canary in everything that is nobody's business. */
interface Runner {
  readonly home: string
  readonly work: string
  readonly temp: string
  readonly opt: string
  readonly path: string
  readonly socket: string
}

const secrets: string[] = []
let folder: string
let built: Bundle
let runner: Runner
let server: Server
let loopback: Server
let abstract: Server
let port = 0

const secret = (file: string) => {
  const canary = `canary-${randomUUID()}`
  secrets.push(canary)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, canary)
}

const ALONE = ['/usr/bin/unshare', '--mount', '--propagation', 'private', '--']
/** A mount that everybody may write to, in a mount namespace that is gone with what is run in it. */
const WITH_VOLUME = (at: string) => [
  ...[
    ...ALONE,
    '/bin/sh',
    '-c',
    'mkdir -p "$1" && mount -t tmpfs -o mode=1777 volume "$1" && shift && exec "$@"',
  ],
  ...['volume', at],
]
const mayMount = isRoot && spawnSync(ALONE[0]!, [...ALONE.slice(1), 'true']).status === 0

const TOOL = '#!/bin/sh\necho a tool\n'

function program(file: string) {
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, TOOL)
  chmodSync(file, 0o755)
}

function makeRunner(): Runner {
  const owner = join(folder, 'owner')
  const home = join(owner, 'home')
  const opt = join(owner, 'opt', 'runner')
  const [work, temp] = [join(home, 'actions-runner/_work'), join(home, 'actions-runner/_work/_temp')]
  for (const root of [join(home, 'actions-runner'), opt]) {
    secret(join(root, '.credentials'))
    secret(join(root, '.credentials_rsaparams'))
    secret(join(root, '_work/_temp/git-credentials-1.config'))
    secret(join(root, '_work/_temp/_runner_file_commands/set_env_1'))
    secret(join(root, '_work/_actions/our/action/v1/dist/post.js'))
    secret(join(root, '_work/_tool/secret-beside-tools'))
    program(join(root, '_work/_tool/node/24.0.0/x64/bin/tool-of-runner'))
    secret(join(root, '_work/_tool/node/24.0.0/x64/.npmrc'))
  }
  for (const name of [
    '.ssh/id_ed25519',
    '.netrc',
    '.git-credentials',
    '.docker/config.json',
    '.npmrc',
    '.config/gh/hosts.yml',
  ])
    secret(join(home, name))
  secret(join(home, '.cache/ccache/object'))
  secret(join(home, '.cargo/credentials.toml'))
  secret(join(home, '.local/share/keyrings/login.keyring'))
  secret(join(work, 'repo/repo/.git/config'))
  for (const bin of ['.cargo/bin', '.local/bin', 'go/bin'])
    program(join(home, bin, `tool-of-${bin.replaceAll('/', '-')}`))
  const path = [
    join(work, '_tool/node/24.0.0/x64/bin'),
    join(opt, '_work/_tool/node/24.0.0/x64/bin'),
    ...['.cargo/bin', '.local/bin', 'go/bin'].map(bin => join(home, bin)),
  ].join(':')
  return { home, work, temp, opt, path, socket: join(owner, 'agent.sock') }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pv-attacks-'))
  chmodSync(folder, 0o777)
  built = bundle(['__tests__/doubles/attack-driver.ts'])
  runner = makeRunner()
  server = createServer(socket => socket.end(`canary-${'socket'}`))
  await new Promise<void>(done => server.listen(runner.socket, done))
  chmodSync(runner.socket, 0o777)
  loopback = createServer(socket => socket.end('canary-loopback'))
  await new Promise<void>(done => loopback.listen(0, '127.0.0.1', done))
  port = (loopback.address() as { port: number }).port
  abstract = createServer(socket => socket.end('canary-abstract'))
  await new Promise<void>(done => abstract.listen(`\0${ABSTRACT}`, done))
  if (isRoot) spawnSync('chown', ['-R', `${ORDINARY}:${ORDINARY}`, join(folder, 'owner')])
  spawnSync('chmod', ['-R', 'go-rwx', join(runner.home, '.ssh')])
})
afterAll(() => {
  server.close()
  loopback.close()
  abstract.close()
  built.end()
  rmSync(folder, { recursive: true, force: true })
})

/** A PATH of the system without some tools. */
function systemWithout(names: readonly string[]): string {
  if (names.length === 0) return SYSTEM
  const bin = mkdtempSync(join(folder, 'bin-'))
  chmodSync(bin, 0o755)
  const found = SYSTEM.split(':')
    .filter(existsSync)
    .reverse()
    .flatMap(at => readdirSync(at).map(name => [name, join(at, name)] as const))
  // Of two with one name the one counts that comes first on PATH.
  for (const [name, path] of new Map(found)) if (!names.includes(name)) symlinkSync(path, join(bin, name))
  return bin
}

interface Said {
  readonly isolation: string
  readonly said: string
  readonly base: string
  readonly fault?: string
}

/** What a build and a benchmark of head try, as shell lines. */
type Tried = readonly [build: string, benchmark: string, onBase: boolean]

function attack(level: Level, tried: readonly Tried[]): Promise<readonly Said[]> {
  const become = ['/usr/bin/setpriv', `--reuid=${ORDINARY}`, `--regid=${ORDINARY}`, '--clear-groups', '--']
  const node = [process.execPath, built.path('attack-driver'), level.level, JSON.stringify(tried)]
  const [file, ...args] = [
    ...(mayMount ? WITH_VOLUME(join(runner.home, 'go/bin/volume')) : []),
    ...(level.as === 'ordinary' && isRoot ? become : []),
    ...node,
  ]
  const child = spawn(file!, args, {
    env: {
      PATH: `${runner.path}:${systemWithout(level.without)}`,
      HOME: runner.home,
      TMPDIR: folder,
      RUNNER_TEMP: runner.temp,
      GITHUB_WORKSPACE: join(runner.work, 'repo/repo'),
      GITHUB_OUTPUT: join(runner.temp, '_runner_file_commands/set_output_1'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', chunk => {
    out += chunk
  })
  child.stderr.on('data', chunk => {
    err += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('close', code => (code === 0 ? resolve(JSON.parse(out) as Said[]) : reject(new Error(err))))
  })
}

interface Attack {
  readonly row: string
  readonly name: string
  readonly build?: () => string
  readonly benchmark?: () => string
  /** Levels that promise nothing against it. */
  readonly openAt?: readonly string[]
  readonly survived: (said: Said) => boolean
}

/** Base printed its own lines and no others of a program, or nothing because it was stopped with a fault that names a file. */
const swapped = ({ base, fault }: Said) =>
  fault === undefined
    ? base.split('\n').filter(line => line === 'own of base').length !== 5 || base.includes('forged')
    : !/bench|led|part\.sh/.test(fault)
const sees = ({ said }: Said) => secrets.some(canary => said.includes(canary)) || said.includes('canary-')
const changed = (file: () => string) => () =>
  !existsSync(file()) || !readFileSync(file(), 'utf8').startsWith('canary-')
const planted = (file: () => string) => () => {
  const found = existsSync(file())
  if (found) rmSync(file(), { recursive: true })
  return found
}

/** Other runs of this test on the machine have names of their own. */
const [LEFT, STAYS] = [`pv-left-behind-${process.pid}`, `pv-left-process-${process.pid}`]

/** Where nothing is made but what an attack has made there. */
const into = () => {
  const at = join(folder, 'into')
  mkdirSync(at, { recursive: true })
  chmodSync(at, 0o777)
  return at
}

/** Whether such a file is in what the other side saw, or on the machine, in folders that everybody may write to. */
const leftBehind: Attack['survived'] = ({ base }) =>
  [base.includes(`${LEFT}`), ...['/tmp', '/dev/shm'].map(at => planted(() => join(at, `${LEFT}`))())].some(
    Boolean,
  )
const OPEN = ['none']

const ABSTRACT = `pv-abstract-${process.pid}`

/** What is left of System V's IPC by a user that only jobs are, and of no gate that still runs. */
function leftIpc(): boolean {
  const isLeft = (uid: number) =>
    uid >= 60_706 &&
    uid <= 61_165 &&
    !existsSync(join('/run/perf-verdict-users', `${Math.floor((uid - 60_706) / 4)}`))
  return ['shm', 'sem', 'msg'].some(kind =>
    readFileSync(`/proc/sysvipc/${kind}`, 'utf8')
      .split('\n')
      .some(line => line.split(/\s+/).some(word => isLeft(Number(word)))),
  )
}

function leftProcess(): boolean {
  return readdirSync('/proc').some(pid => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`${STAYS}`)
    } catch {
      return false
    }
  })
}

/** A program in Python that makes system calls by number. */
const PYTHON = (text: string) => {
  const program = `import ctypes, os, sys\ncall = ctypes.CDLL(None, use_errno=True).syscall\n${text}`
  return `echo ${Buffer.from(program).toString('base64')} | base64 -d | python3 -`
}

const EVIL = 'printf "#!/bin/sh\\necho forged\\n" >evil; chmod +x evil'
const ATTACKS: readonly Attack[] = [
  {
    row: 'a',
    name: 'copies over ../base/bench',
    build: () => `${EVIL}; cp -f evil ../base/bench; cp -f evil "$BASE/bench"`,
    survived: swapped,
  },
  {
    row: 'a',
    name: 'the benchmark does it',
    benchmark: () => `${EVIL}; cp -f evil ../base/bench "$BASE/bench"; cp -f evil "$BASE/bench"`,
    survived: swapped,
  },
  {
    row: 'a',
    name: 'renames another file over it',
    build: () => `${EVIL}; for to in ../base "$BASE"; do cp evil $to/e && mv -f $to/e $to/bench; done`,
    survived: swapped,
  },
  {
    row: 'a',
    name: 'puts a link in its place',
    build: () => `${EVIL}; for to in ../base "$BASE"; do ln -sf "$PWD/evil" $to/bench; done`,
    survived: swapped,
  },
  {
    row: 'a',
    name: 'appends to it and puts its time back',
    build: () =>
      'for to in ../base "$BASE"; do echo "echo forged" >>$to/bench; touch -d 2000-01-01 $to/bench; done',
    survived: swapped,
  },
  {
    row: 'a',
    name: 'rewrites a script that is no program',
    build: () => 'for to in ../base "$BASE"; do echo "echo forged" >$to/bench.sh; done',
    survived: swapped,
  },
  {
    row: 'a',
    name: 'rewrites the data that a script reads',
    build: () => 'for to in ../base "$BASE"; do echo forged >$to/bench.txt; done',
    survived: swapped,
  },
  {
    row: 'a',
    name: 'takes the whole tree away',
    build: () => 'for to in ../base "$BASE"; do mv $to $to.gone && cp -r "$PWD" $to; done',
    // Where anything may be written, the fault names the first file that is missing or another.
    survived: swapped,
  },
  {
    row: 'a',
    name: 'points a link of base elsewhere',
    build: () => `${EVIL}; for to in ../base "$BASE"; do ln -sfn "$PWD/evil" $to/led; done`,
    survived: swapped,
  },
  {
    row: 'a',
    name: 'swaps a folder of base for a link',
    build: () =>
      'mkdir own; echo "echo forged" >own/part.sh; for to in ../base "$BASE"; do mv -T $to/lib $to/moved && ln -s "$PWD/own" $to/lib; done',
    survived: swapped,
  },
  {
    row: 'a',
    name: 'puts a file where base looks first',
    build: () => 'for to in ../base "$BASE"; do echo "echo forged" >$to/extra.sh; done',
    // No file changes, and nobody but a boundary keeps it out.
    openAt: OPEN,
    survived: swapped,
  },
  {
    row: 'b',
    name: 'writes to what is mounted in a folder of tools',
    build: () =>
      `v=${runner.home}/go/bin/volume; grep -q $v /proc/mounts && echo evil >$v/planted && echo canary-written`,
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'b',
    name: 'opens a file of the machine by its handle',
    benchmark: () =>
      PYTHON(`
handle = ctypes.create_string_buffer(136)
handle[0:4] = (128).to_bytes(4, sys.byteorder)
mount = ctypes.c_int()
names = {'x86_64': (303, 304), 'aarch64': (264, 265)}[os.uname().machine]
if call(names[0], -100, b'/usr/bin/env', handle, ctypes.byref(mount), 0) == 0:
    at = os.open('/usr', os.O_RDONLY)
    if call(names[1], at, handle, 0) >= 0: print('canary-handle')`),
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'd',
    name: 'makes a user namespace by other calls',
    benchmark: () =>
      PYTHON(`
clone = {'x86_64': 56, 'aarch64': 220}[os.uname().machine]
def tried(make):
    child = make()
    if child == 0: os._exit(0)
    if child > 0:
        os.waitpid(child, 0)
        print('canary-namespace')
tried(lambda: call(clone, 0x10000000 | 17, 0, 0, 0, 0))
wish = (ctypes.c_uint64 * 11)(0x10000000, 0, 0, 0, 17)
tried(lambda: call(435, wish, ctypes.sizeof(wish)))`),
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'g',
    name: 'installs into the same home',
    build: () => `${EVIL}; mkdir -p ~/bin; cp -f evil ~/bin/bench; cp -f evil "$BASE.home/bin/bench"`,
    survived: swapped,
  },
  {
    row: 'g',
    name: "leaves a tool in base's home",
    build: () =>
      `${EVIL}; for h in "$BASE.home/bin" ../base.home/bin; do cp -f evil $h/bench; mv -f evil $h/bench; done`,
    survived: swapped,
  },
  {
    row: 'b',
    name: 'reads the runner and its tool cache',
    build: () =>
      `cat ${runner.home}/actions-runner/.credentials* ${runner.temp}/* ${runner.temp}/*/* ${runner.work}/_tool/secret-beside-tools ${runner.work}/_tool/node/24.0.0/x64/.npmrc`,
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'b',
    name: 'reads keys and credentials of the home',
    build: () =>
      `find ${runner.home} -type f ! -name "tool-of-*" -exec cat {} + ; cat ${runner.home}/.ssh/* ${runner.home}/.cargo/credentials.toml`,
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'b',
    name: 'plants a program on PATH',
    build: () =>
      `for d in .local/bin .cargo/bin go/bin actions-runner/_work/_tool/node/24.0.0/x64/bin; do ${EVIL}; cp evil ${runner.home}/$d/planted; done`,
    openAt: OPEN,
    survived: () =>
      ['.local/bin', '.cargo/bin', 'go/bin', 'actions-runner/_work/_tool/node/24.0.0/x64/bin']
        .map(bin => planted(() => join(runner.home, bin, 'planted'))())
        .some(Boolean),
  },
  {
    row: 'b',
    name: 'writes a file command',
    build: () =>
      `echo EVIL=1 >>${runner.temp}/_runner_file_commands/set_env_1; echo EVIL=1 >${runner.temp}/_runner_file_commands/planted`,
    openAt: OPEN,
    survived: planted(() => join(runner.temp, '_runner_file_commands/planted')),
  },
  {
    row: 'c',
    name: 'rewrites an action of the runner in /opt',
    build: () => `echo evil >${runner.opt}/_work/_actions/our/action/v1/dist/post.js`,
    openAt: OPEN,
    survived: changed(() => join(runner.opt, '_work/_actions/our/action/v1/dist/post.js')),
  },
  {
    row: 'c',
    name: 'reads the credentials of the runner in /opt',
    build: () => `cat ${runner.opt}/.credentials* ${runner.opt}/_work/_temp/*.config`,
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'c',
    name: 'writes into our own work folder',
    // It tells when a write came through; what it wrote is gone with the folder.
    build: () =>
      'for file in "$WORK/planted" "$WORK/stage/planted"; do echo evil >"$file" && printf "canary-%s\\n" written; done',
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'd',
    name: 'connects to a socket of an agent',
    benchmark: () =>
      `python3 -c "import socket; s=socket.socket(socket.AF_UNIX); s.connect('${runner.socket}'); print(s.recv(99))"`,
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'd',
    name: 'connects to a server on the loopback',
    benchmark: () =>
      `python3 -c "import socket; s=socket.create_connection(('127.0.0.1',${port}),2); print(s.recv(99))"`,
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'd',
    name: 'makes a user namespace',
    benchmark: () =>
      "python3 -c \"import ctypes; print('made' if ctypes.CDLL(None).unshare(0x10000000)==0 else 'no')\"",
    openAt: [...OPEN, 'uid'],
    survived: ({ said }) => /^made$/m.test(said),
  },
  {
    row: 'd',
    name: 'has a right of root, or could get one',
    benchmark: () => 'grep -E "^Cap(Inh|Prm|Eff|Bnd|Amb):.*[1-9a-f]" /proc/self/status && echo rights',
    openAt: OPEN,
    survived: ({ said }) => /^rights$/m.test(said),
  },
  {
    row: 'd',
    name: 'asks the kernel for keys',
    benchmark: () =>
      "python3 -c \"import ctypes; print('keys' if ctypes.CDLL(None).syscall(250,0,-3,1)>=0 else 'no')\"",
    openAt: [...OPEN, 'uid', 'root, util-linux', 'user, util-linux'],
    survived: ({ said }) => /^keys$/m.test(said),
  },
  {
    row: 'd',
    name: 'makes a socket to the machine below',
    benchmark: () => 'python3 -c "import socket; socket.socket(40,1); print(\'vsock\')"',
    openAt: [...OPEN, 'uid', 'root, util-linux', 'user, util-linux'],
    survived: ({ said }) => /^vsock$/m.test(said),
  },
  {
    row: 'j',
    name: 'reads the environment and memory of others',
    benchmark: () =>
      'cat /proc/*/environ | tr "\\0" "\\n" | grep -a RUNNER_TEMP; for p in $(ls /proc | grep -E "^[0-9]+$"); do test -r /proc/$p/mem && [ $p != $$ ] && ls -l /proc/$p/cwd; done 2>/dev/null | grep -a attack-driver',
    openAt: OPEN,
    survived: ({ said }) => /RUNNER_TEMP/.test(said),
  },
  {
    row: 'p',
    name: 'leaves files in /tmp and /dev/shm',
    benchmark: () => `echo left >/tmp/${LEFT}; echo left >/dev/shm/${LEFT}`,
    openAt: OPEN,
    survived: leftBehind,
  },
  {
    row: 'p',
    name: 'leaves files in folders of others',
    benchmark: () =>
      `echo left >${folder}/${LEFT}; mkdir -p ${folder}/${LEFT}-too/a && echo left >${folder}/${LEFT}-too/a/b`,
    // They are looked for as far as a few seconds reach, and a machine may have millions of folders.
    openAt: [...OPEN, 'uid'],
    survived: () => [`${LEFT}`, `${LEFT}-too`].map(name => planted(() => join(folder, name))()).some(Boolean),
  },
  {
    row: 'p',
    name: 'leaves shared memory, semaphores and queues',
    benchmark: () => 'ipcmk -M 4096; ipcmk -S 2; ipcmk -Q',
    openAt: OPEN,
    survived: leftIpc,
  },
  {
    row: 'p',
    name: 'leaves a process that has left its session',
    benchmark: () =>
      `(setsid sh -c "exec -a ${STAYS} sleep 60" &) ; (setsid bash -c "exec -a ${STAYS} sleep 60" &)`,
    openAt: OPEN,
    survived: leftProcess,
  },
  {
    row: 'p',
    name: 'leaves a memory dump',
    benchmark: () =>
      "ulimit -c unlimited; sh -c 'kill -SEGV $$'; ls; test -n \"$(find . -name 'core*')\" && echo dumped",
    survived: ({ said }) => /^dumped$/m.test(said),
  },
  {
    row: 'j',
    name: 'reads descriptors that were left open',
    benchmark: () => 'for fd in $(ls /proc/self/fd); do [ "$fd" -gt 3 ] && echo "open $fd"; done',
    survived: ({ said }) => /^open \d+$/m.test(said),
  },
  {
    row: 'j',
    name: 'traces the processes around it',
    benchmark: () =>
      "python3 -c \"import ctypes, os; l=ctypes.CDLL(None); print('traced' if any(l.ptrace(16, p, 0, 0) == 0 for p in map(int, filter(str.isdigit, os.listdir('/proc'))) if p not in (1, os.getpid(), os.getppid())) else 'no')\"",
    openAt: OPEN,
    survived: ({ said }) => /^traced$/m.test(said),
  },
  {
    row: 'd',
    name: 'connects to an abstract socket',
    benchmark: () =>
      `python3 -c "import socket; s=socket.socket(socket.AF_UNIX); s.connect('\\0${ABSTRACT}'); print(s.recv(99))"`,
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'd',
    name: 'leaves its group for another',
    benchmark: () =>
      'for f in /sys/fs/cgroup/cgroup.procs /sys/fs/cgroup/*/cgroup.procs; do echo $$ >$f && echo moved; done',
    openAt: OPEN,
    survived: ({ said }) => /^moved$/m.test(said),
  },
  {
    row: 'k',
    name: 'signals everything that it can',
    benchmark: () => 'trap "" TERM; kill -TERM -1',
    openAt: OPEN,
    survived: ({ base }) => !base.includes('own of base'),
  },
]

const STAY =
  'for i in $(seq 40); do for to in ../base "$BASE"; do cp -f evil $to/bench 2>/dev/null; done; sleep 0.1; done'
/** Further variants of the same kinds, for the soak. */
const VARIANTS: readonly Attack[] = [
  {
    row: 'a',
    name: 'a process stays behind and does it later',
    build: () => `${EVIL}; (setsid nohup sh -c '${STAY}' >/dev/null 2>&1 &)`,
    openAt: OPEN,
    survived: swapped,
  },
  {
    row: 'a',
    name: 'writes through a hard link to it',
    build: () => 'ln "$BASE/bench" mine && echo "echo forged" >>mine',
    survived: swapped,
  },
  {
    row: 'a',
    name: 'gets there by the folders of other processes',
    benchmark: () =>
      `${EVIL}; for p in /proc/[0-9]*; do for to in $p/cwd $p/root$BASE $p/root/proc/self/cwd/../base; do cp -f evil $to/bench; done; done 2>/dev/null`,
    survived: swapped,
  },
  {
    row: 'a',
    name: 'puts a folder and a pipe in its place',
    build: () =>
      'for to in ../base "$BASE"; do rm -f $to/bench && mkfifo $to/bench; rm -f $to/bench.sh && mkdir $to/bench.sh; done',
    survived: swapped,
  },
  {
    row: 'g',
    name: 'leaves what shells and git read first',
    build: () =>
      'for h in ~ "$BASE.home"; do echo "echo forged" >$h/.bashrc; cp $h/.bashrc $h/.profile; cp $h/.bashrc $h/.bash_env; printf "[alias]\\n\\tdescribe = !echo forged\\n" >$h/.gitconfig; done',
    survived: swapped,
  },
  {
    row: 'g',
    name: 'rewrites a library of its home that base links by the same path',
    build: () =>
      `mkdir -p ~/lib; ${EVIL}; for h in ~ "$BASE.home"; do cp -f evil $h/bin/bench; chmod 4755 $h/bin/bench; done`,
    survived: swapped,
  },
  {
    row: 'b',
    name: 'lists the folders above its toolchains',
    build: () =>
      `ls -a ${runner.work} ${runner.work}/_tool ${runner.home} ${runner.opt} && cat ${runner.home}/.npmrc`,
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'b',
    name: 'makes a link where a tool cache is looked for',
    build: () =>
      `for d in ${runner.home}/.cargo ${runner.home}/go ${runner.work}/_tool/node; do ln -sfn "$PWD" $d/planted; mkdir -p $d/planted-folder; done`,
    openAt: OPEN,
    survived: () =>
      ['.cargo', 'go', 'actions-runner/_work/_tool/node']
        .flatMap(at =>
          ['planted', 'planted-folder'].map(name => planted(() => join(runner.home, at, name))()),
        )
        .some(Boolean),
  },
  {
    row: 'c',
    name: 'renames the folder of an action away',
    build: () => `mv ${runner.opt}/_work/_actions/our ${runner.opt}/_work/_actions/away`,
    openAt: OPEN,
    survived: () => {
      const away = join(runner.opt, '_work/_actions/away')
      const came = existsSync(away)
      if (came) spawnSync('mv', [away, join(runner.opt, '_work/_actions/our')])
      return came
    },
  },
  {
    row: 'd',
    name: 'looks for sockets of services',
    benchmark: () =>
      'for s in /run/docker.sock /var/run/docker.sock /run/dbus/system_bus_socket /run/user/*/bus /tmp/.X11-unix/* /tmp/tmux-*/* /dev/log; do test -S $s && echo "canary-socket $s"; done',
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'd',
    name: 'has groups besides its own',
    benchmark: () => 'id -G | grep -q " " && echo "canary-groups $(id -G)"',
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'd',
    name: 'mounts, and makes devices',
    benchmark: () =>
      'mkdir m; mount -t tmpfs none m && echo "canary-mounted"; mknod d b 254 0 && echo "canary-device"; head -c1 /dev/mem /dev/kmsg /dev/vda /dev/sda 2>/dev/null | grep -q . && echo "canary-disk"',
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'j',
    name: 'reads what the gate has open, and its memory',
    benchmark: () =>
      'for f in $(grep -la "node.*attack-driver" /proc/[0-9]*/cmdline 2>/dev/null); do p=$(echo $f | sed s,/cmdline,,); tr "\\0" " " <$f | grep -q "^[^ ]*node " || continue; ls -l $p/fd >/dev/null 2>&1 && echo "canary-fds"; head -c1 $p/mem >/dev/null 2>&1 && echo "canary-memory"; grep -q . $p/environ 2>/dev/null && echo "canary-environ"; done',
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'k',
    name: 'stops everything that it can',
    benchmark: () =>
      'kill -STOP -1; for p in $(ls /proc | grep -E "^[0-9]+$"); do [ $p = $$ ] || kill -KILL $p; done 2>/dev/null',
    openAt: OPEN,
    survived: ({ base }) => !base.includes('own of base'),
  },
  {
    row: 'p',
    name: 'leaves files that are immutable, sparse and locked',
    benchmark: () =>
      `truncate -s 900M /tmp/${LEFT}; chmod 0 /tmp/${LEFT}; mkdir -p /dev/shm/${LEFT}/a; chmod 0 /dev/shm/${LEFT}`,
    openAt: OPEN,
    survived: leftBehind,
  },
  {
    row: 'p',
    name: 'leaves a queue of POSIX and a lock',
    benchmark: () =>
      `mkdir -p /run/lock /var/lock 2>/dev/null; echo left >/run/lock/${LEFT}; echo left >/var/tmp/${LEFT}; touch /dev/mqueue/${LEFT}`,
    openAt: OPEN,
    survived: () =>
      ['/run/lock', '/var/tmp', '/dev/mqueue'].map(at => planted(() => join(at, `${LEFT}`))()).some(Boolean),
  },
  {
    row: 'd',
    name: 'sets up a ring for calls past the filter',
    benchmark: () =>
      "python3 -c \"import ctypes; b=ctypes.create_string_buffer(256); print('canary-ring' if ctypes.CDLL(None).syscall(425,4,b)>=0 else 'no')\"",
    openAt: [...OPEN, 'uid', 'root, util-linux', 'user, util-linux'],
    survived: sees,
  },
  {
    row: 'j',
    name: 'takes files out of other processes by their descriptors',
    // bubblewrap's first process holds an eventfd of the job's own, which leads nowhere, and what the job itself writes to.
    benchmark: () =>
      `python3 -c "
import ctypes, os
call = ctypes.CDLL(None).syscall
known = ['/dev/null'] + [os.readlink('/proc/self/fd/%d' % own) for own in (1, 2)]
for pid in map(int, filter(str.isdigit, os.listdir('/proc'))):
    process = call(434, pid, 0) if pid not in (os.getpid(), os.getppid()) else -1
    for number in range(24) if process >= 0 else ():
        taken = call(438, process, number, 0)
        if taken >= 0 and os.readlink('/proc/self/fd/%d' % taken)[:1] == '/' and os.readlink('/proc/self/fd/%d' % taken) not in known:
            print('canary-descriptor', os.readlink('/proc/self/fd/%d' % taken))
"`,
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'a',
    name: 'gets there by folders that other processes have open',
    build: () =>
      `${EVIL}; for f in /proc/[0-9]*/fd/*; do for to in $f $f/.. $f$BASE $f/../base; do cp -f evil $to/bench; done; done 2>/dev/null`,
    survived: swapped,
  },
  {
    row: 'a',
    name: 'exchanges its own files for those of base',
    build: () =>
      `${EVIL}; cp evil bench; python3 -c "import ctypes, os; s=ctypes.CDLL(None).syscall; [s(316,-100,b'bench',-100,(t+'/bench').encode(),2) for t in ('../base', os.environ['BASE'])]"`,
    survived: swapped,
  },
  {
    row: 'g',
    name: 'leaves modules and settings that tools of base load first',
    build: () =>
      'for h in ~ "$BASE.home" ../base.home; do for d in .local/lib/python3/site-packages .config/git .cargo .config/pip .gradle .m2 .ccache; do mkdir -p $h/$d && echo forged >$h/$d/config; done; echo forged >$h/bin/bench.new && mv $h/bin/bench.new $h/bin/bench; done',
    survived: swapped,
  },
  {
    row: 'g',
    name: 'puts forged results into a cache that both have',
    build: () =>
      `for d in ~/.cache/ccache ${runner.home}/.cache/ccache; do echo forged >$d/object; echo forged >$d/${LEFT}; done`,
    openAt: OPEN,
    survived: ({ base }) =>
      [
        changed(() => join(runner.home, '.cache/ccache/object'))(),
        planted(() => join(runner.home, '.cache/ccache', LEFT))(),
        base.includes(LEFT),
      ].some(Boolean),
  },
  {
    row: 'b',
    name: 'writes to a tool through what it has open for reading',
    build: () =>
      `for t in ${runner.home}/.cargo/bin/tool-of-.cargo-bin ${runner.home}/go/bin/tool-of-go-bin; do exec 7<$t; echo "echo evil" >>/proc/self/fd/7; truncate -s 0 /proc/self/fd/7; chmod 777 /proc/self/fd/7; exec 7<&-; chmod 777 $t; dd if=/dev/zero of=$t bs=1 count=1 conv=notrunc; mv $t $t.away; done`,
    openAt: OPEN,
    survived: () =>
      ['.cargo/bin', 'go/bin'].some(bin => {
        const tool = join(runner.home, bin, `tool-of-${bin.replaceAll('/', '-')}`)
        const { mode } = statSync(tool, { throwIfNoEntry: false }) ?? { mode: 0 }
        return (mode & 0o777) !== 0o755 || readFileSync(tool, 'utf8') !== TOOL
      }),
  },
  {
    row: 'k',
    name: 'puts itself before others',
    benchmark: () =>
      'nice -n -5 true 2>/dev/null && [ "$(nice -n -5 nice)" -lt 0 ] && echo "canary-nice"; chrt -f 10 true && echo "canary-realtime"; prlimit --nproc=unlimited:unlimited true && echo "canary-limit"',
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'd',
    name: "reads the kernel's log, memory and addresses",
    benchmark: () =>
      'head -c1 /proc/kcore >/dev/null && echo canary-kcore; head -c1 /dev/mem >/dev/null && echo canary-mem; head -1 /proc/kallsyms | grep -v "^0* " && echo canary-addresses; echo b >/proc/sysrq-trigger && echo canary-sysrq; echo 1 >/proc/sys/kernel/panic && echo canary-sysctl',
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'p',
    name: 'leaves pipes, sockets, links and names with line breaks',
    benchmark: () =>
      `mkfifo /tmp/${LEFT}; ln -s /etc/passwd /dev/shm/${LEFT}; n="/tmp/${LEFT}$(printf '\\nx')"; touch "$n"; python3 -c "import socket; socket.socket(socket.AF_UNIX).bind('/dev/shm/${LEFT}s')"`,
    openAt: OPEN,
    survived: () =>
      ['/tmp', '/dev/shm']
        .flatMap(at =>
          readdirSync(at)
            .filter(name => name.startsWith(LEFT))
            .map(name => join(at, name)),
        )
        .some(path => {
          rmSync(path, { force: true, recursive: true })
          return true
        }),
  },
  {
    row: 'p',
    name: 'leaves files deeper than a path may be long',
    benchmark: () =>
      `cd /tmp && mkdir ${LEFT} && cd ${LEFT} && for i in $(seq 60); do d=$(printf "%0200d" $i); mkdir $d && cd $d || break; echo left >x; done; chmod 0 /tmp/${LEFT}`,
    openAt: OPEN,
    survived: leftBehind,
  },
  {
    row: 'd',
    name: 'asks services of the machine to run something later',
    benchmark: () =>
      `for c in "systemd-run --user touch ${folder}/${LEFT}-later" "systemd-run touch ${folder}/${LEFT}-later" "busctl --user list" "at now" "batch"; do echo "touch ${folder}/${LEFT}-later" | timeout 3 $c && echo canary-later; done; echo "* * * * * touch ${folder}/${LEFT}-later" | crontab - && echo canary-crontab`,
    openAt: OPEN,
    survived: said => sees(said) || planted(() => join(folder, `${LEFT}-later`))(),
  },
  {
    row: 'j',
    name: 'writes to what the first processes run',
    benchmark: () =>
      'for p in 1 2 $PPID; do for f in exe map_files/* root/usr/bin/env root/etc/hostname; do f=/proc/$p/$f; (exec 7>>$f) 2>/dev/null && case $(readlink -f $f) in /usr/*|/bin/*|/etc/*|/lib*) echo "canary-program $f";; esac; done; done',
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'd',
    name: 'opens devices of the machine, or makes files among them',
    benchmark: () =>
      'touch /dev/own && echo canary-file; for d in kvm fuse net/tun vhost-vsock vhost-net loop-control mapper/control uinput input/event0 dri/card0 snd/timer rtc0 watchdog mem port kmsg nvram hwrng cpu/0/msr; do test -e /dev/$d && (exec 7<>/dev/$d) 2>/dev/null && echo "canary-device $d"; done',
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'd',
    name: 'types into a terminal',
    benchmark: () =>
      "python3 -c \"import fcntl, os; t = os.open('/dev/tty', os.O_RDWR); fcntl.ioctl(t, 0x5412, b'x'); print('canary-typed')\"; for t in /dev/tty[0-9]* /dev/console /dev/pts/[0-9]*; do test -e $t && (exec 7<>$t) 2>/dev/null && echo \"canary-terminal $t\"; done",
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'k',
    name: 'would lose its memory after others',
    benchmark: () => 'echo -1 >/proc/self/oom_score_adj && echo canary-last',
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'j',
    name: 'reads and writes memory of processes of others',
    benchmark: () =>
      PYTHON(`
class Span(ctypes.Structure): _fields_ = [('at', ctypes.c_void_p), ('length', ctypes.c_size_t)]
numbers = {'x86_64': (310, 311), 'aarch64': (270, 271)}[os.uname().machine]
space = ctypes.create_string_buffer(1)
for pid in map(int, filter(str.isdigit, os.listdir('/proc'))):
    try:
        start = int(open('/proc/%d/maps' % pid).readline().split('-')[0], 16)
        name = open('/proc/%d/comm' % pid).read().strip()
    except (OSError, ValueError): continue
    here, there = Span(ctypes.addressof(space), 1), Span(start, 1)
    for number in numbers:
        if name == 'node' and call(number, pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) >= 0: print('canary-memory')`),
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'k',
    name: 'changes the name, the clock and the time zone',
    benchmark: () =>
      `hostname ${LEFT} && echo canary-name; date -s "$(date -Is)" && echo canary-clock; ln -sf /usr/share/zoneinfo/UTC /etc/localtime && echo canary-zone`,
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'd',
    name: 'asks for keys as a program of 32 bits and by another table',
    benchmark: () =>
      PYTHON(`
import mmap
if os.uname().machine == 'x86_64':
    if call(0x40000000 | 250, 0, -3, 1) >= 0: print('canary-x32')
    # push rbx; mov eax, 288; mov ebx, 0; mov ecx, -3; mov edx, 1; int 0x80; pop rbx; ret
    code = bytes.fromhex('53b820010000bb00000000b9fdffffffba01000000cd805bc3')
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    run = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    if run() >= 0: print('canary-32')`),
    openAt: [...OPEN, 'uid', 'root, util-linux', 'user, util-linux'],
    survived: sees,
  },
  {
    row: 'c',
    name: "lists the gate's work folder",
    build: () =>
      'ls -a "$WORK" | grep -q base && echo canary-listed; ls -a "$BASE/.." | grep -q "^base" && echo canary-listed',
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'd',
    name: 'mounts by newer calls',
    benchmark: () =>
      PYTHON(`
for made in (call(428, -100, b'/', 1), call(430, b'tmpfs', 0), call(433, -100, b'/', 0)):
    if made >= 0: print('canary-mount')
at = ctypes.create_string_buffer(32)
if call(442, -100, b'/usr', 0, at, 32) == 0 and call(429, -100, b'/usr', -100, b'/usr', 0) == 0: print('canary-moved')`),
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'k',
    name: 'moves and limits processes of others',
    benchmark: () =>
      'for p in $(ls /proc | grep -E "^[0-9]+$"); do [ "$(stat -c %u /proc/$p 2>/dev/null)" = "$(id -u)" ] && continue; taskset -p 1 $p && echo canary-moved; prlimit --pid $p --nofile=9:9 && echo canary-limited; renice -n 19 -p $p && echo canary-reniced; ionice -c 3 -p $p && echo canary-idle; done >&1 2>/dev/null',
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'a',
    name: "reads base's tree",
    build: () => 'for to in ../base "$BASE"; do grep -q "own of base" $to/bench && echo canary-other; done',
    openAt: OPEN,
    survived: sees,
  },
]
const NEWER: readonly Attack[] = [
  ...['/oldroot', '', '../../../../../../../..'].map(
    (before): Attack => ({
      row: 'p',
      name: `has what is made in its home made elsewhere, by way of "${before}"`,
      build: () =>
        `for d in .cache .cargo .gradle .m2 go .npm; do mv ~/$d ~/$d.away; ln -sfn ${before}${into()} ~/$d; done; ls -ld ~/.cache`,
      benchmark: () => 'true',
      openAt: OPEN,
      survived: () => {
        const made = readdirSync(into())
        for (const name of made) rmSync(join(into(), name), { recursive: true })
        return made.length > 0
      },
    }),
  ),
  {
    row: 'g',
    name: 'writes to a cache by a hard link, a map and an exchange',
    build: () =>
      PYTHON(`
import mmap
for folder in (os.path.expanduser('~/.cache/ccache'), '${runner.home}/.cache/ccache'):
    file = folder + '/object'
    for tried in (lambda: os.link(file, folder + '/linked'), lambda: open(folder + '/linked', 'r+b').write(b'forged')):
        try: tried()
        except OSError: pass
    try:
        at = os.open(file, os.O_RDWR)
        mmap.mmap(at, 6)[0:6] = b'forged'
    except OSError: pass
    number = {'x86_64': 316, 'aarch64': 276}[os.uname().machine]
    open('own', 'w').write('forged')
    call(number, -100, b'own', -100, file.encode(), 2)`),
    openAt: OPEN,
    survived: ({ base }) =>
      [
        changed(() => join(runner.home, '.cache/ccache/object'))(),
        planted(() => join(runner.home, '.cache/ccache/linked'))(),
        base.includes('linked'),
      ].some(Boolean),
  },
  {
    row: 'b',
    name: 'marks a layer so that it shows what is covered',
    build: () =>
      PYTHON(`
for folder in ('~/.cargo', '~/.cargo/registry', '~/.cache', '~/.cache/ccache'):
    for space in ('user', 'trusted'):
        for mark, value in (('redirect', b'/'), ('redirect', b'../..'), ('opaque', b'n'), ('metacopy', b''), ('origin', b'')):
            try: os.setxattr(os.path.expanduser(folder), space + '.overlay.' + mark, value)
            except OSError: pass`),
    benchmark: () => 'find ~/.cargo ~/.cache -name "*credentials*" -exec cat {} + 2>/dev/null',
    openAt: [...OPEN, 'uid'],
    survived: sees,
  },
  {
    row: 'd',
    name: 'gives a file rights that it has not got itself',
    build: () =>
      PYTHON(`
import struct, stat
open('rights', 'w').write('')
for value in (struct.pack('<IIIII', 0x02000001, 0xffffffff, 0, 0xffffffff, 0), struct.pack('<IIIIII', 0x03000001, 0xffffffff, 0, 0xffffffff, 0, 0)):
    try:
        os.setxattr('rights', 'security.capability', value)
        print('canary-rights')
    except OSError: pass
try:
    os.chown('rights', 0, 0)
    os.chmod('rights', 0o4755)
    if os.stat('rights').st_uid == 0 and os.getuid() != 0: print('canary-owner')
except OSError: pass`),
    openAt: OPEN,
    survived: sees,
  },
  {
    row: 'p',
    name: 'leaves a queue of POSIX that is mounted nowhere',
    benchmark: () =>
      `python3 -c "import ctypes; print(ctypes.CDLL('librt.so.1', use_errno=True).mq_open(b'/${LEFT}-queue', 0o102, 0o666, None))"`,
    openAt: OPEN,
    survived: () => {
      const ask = `import ctypes; print(ctypes.CDLL('librt.so.1').mq_unlink(b'/${LEFT}-queue'))`
      return spawnSync('python3', ['-c', ask], { encoding: 'utf8' }).stdout.trim() === '0'
    },
  },
  {
    row: 'p',
    name: 'leaves a process twice removed that has closed everything and runs from memory',
    benchmark: () =>
      PYTHON(`
import shutil
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        at = os.memfd_create('sleep')
        with open('/bin/sleep', 'rb') as file: os.write(at, file.read())
        for each in (0, 1, 2): os.close(each)
        os.execv('/proc/self/fd/%d' % at, ['${STAYS}', '60'])
    os._exit(0)
os.wait()`),
    openAt: OPEN,
    survived: leftProcess,
  },
]
const NAMED = new RegExp(process.env.ATTACKS ?? '')
/** ATTACKS=words tries only those whose names match. */
const TRIED_HERE = (soaking ? [...ATTACKS, ...VARIANTS, ...NEWER] : ATTACKS).filter(({ name }) =>
  NAMED.test(name),
)

/** Whether base's own run shows whether it came through. */
const looksAtBase = ({ row, name }: Attack) =>
  'agk'.includes(row) ||
  /^(?:has what is made|leaves files (?:in \/tmp|that are|deeper)|puts forged)/.test(name)

/** Without a boundary these would end or stop whatever else this user runs, the test among it, or leave what nobody removes. */
const isTried = ({ row, name }: Attack, level: Level) =>
  level.name !== 'none' ||
  !(
    row === 'k' ||
    /^(?:traces the processes|leaves shared memory|leaves a queue|leaves files that|leaves files deeper)/.test(
      name,
    )
  )

test(
  'every attack at every level: none survives where something is promised',
  async () => {
    const cells = new Map<Attack, string[]>(TRIED_HERE.map(each => [each, []]))
    const survivors: string[] = []
    for (const level of LEVELS) {
      const tried = TRIED_HERE.filter(each => isTried(each, level))
      const said = await attack(
        level,
        tried.map((each): Tried => [each.build?.() ?? '', each.benchmark?.() ?? '', looksAtBase(each)]),
      )
      for (const each of TRIED_HERE) {
        const own = said[tried.indexOf(each)]
        if (!own) {
          cells.get(each)!.push('open')
          continue
        }
        expect(own.isolation).toMatch(level.says)
        const came = each.survived(own)
        const promised = !(each.openAt ?? []).includes(level.name)
        cells.get(each)!.push(came ? (promised ? 'SURVIVED' : 'open') : own.fault ? 'stopped' : '-')
        if (came && promised)
          survivors.push(`${each.row} ${each.name}, ${level.name}: ${JSON.stringify(own).slice(0, 600)}`)
      }
    }
    const table = TRIED_HERE.map(
      each =>
        `${each.row}  ${each.name.padEnd(44)} ${cells
          .get(each)!
          .map(cell => cell.padEnd(18))
          .join('')}`,
    )
    console.info(
      [`   ${''.padEnd(44)} ${LEVELS.map(({ name }) => name.padEnd(18)).join('')}`, ...table].join('\n'),
    )
    expect(survivors).toEqual([])
  },
  Math.max(300_000, PATIENCE),
)

describe('without a boundary', () => {
  test('nothing is run unless that is asked for, and the error says what to install', async () => {
    const level: Level = { name: '', as: 'ordinary', without: NAMESPACES, level: 'auto', says: /./ }
    await expect(attack(level, [['true', 'true', true]])).rejects.toThrow(/bubblewrap.*isolation: off/)
  })
})
