import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Makes a fresh clone ready for its tests: npm packages, and the Debian packages that real tests use. */
const TOOLS = [
  { tool: 'git', debian: 'git', for: 'everything' },
  { tool: 'gcc', debian: 'gcc', for: 'building examples and scenarios' },
  { tool: 'g++', debian: 'g++', for: 'C++ scenarios' },
  { tool: 'make', debian: 'make', for: 'building examples and scenarios' },
  { tool: 'readelf', debian: 'binutils', for: 'checking the ELF reader' },
  { tool: 'valgrind', debian: 'valgrind', for: 'simulated counters' },
  { tool: 'perf', debian: 'linux-perf', for: 'software counters and profiles' },
  { tool: 'cmake', debian: 'cmake', for: 'the CMake scenario' },
  { tool: 'clang', debian: 'clang', for: 'layout trials under clang' },
  { tool: 'ld.lld', debian: 'lld', for: 'layout trials under lld' },
  { tool: 'mold', debian: 'mold', for: 'layout trials under mold' },
  { tool: 'strace', debian: 'strace', for: 'kill sweeps at every system call' },
  { tool: 'chromium', debian: 'chromium', for: 'opening report.html as a reader does' },
  { tool: 'bwrap', debian: 'bubblewrap', for: 'isolation' },
  { tool: 'slirp4netns', debian: 'slirp4netns', for: 'networks of builds of an ordinary user' },
  { tool: '/usr/sbin/nft', debian: 'nftables', for: 'closed addresses where system calls are not filtered' },
  { tool: 'setpriv', debian: 'util-linux', for: 'isolation' },
  {
    tool: '/usr/include/benchmark/benchmark.h',
    debian: 'libbenchmark-dev',
    for: 'the gate of Google Benchmark',
  },
  { tool: 'meson', debian: 'meson', for: 'the stand-in built with Meson' },
  { tool: 'ninja', debian: 'ninja-build', for: 'the stand-in built with Meson' },
  { tool: 'cython3', debian: 'cython3', for: 'the stand-in built with Cython' },
  { tool: 'hyperfine', debian: 'hyperfine', for: 'the gate of hyperfine' },
  { tool: 'go', debian: 'golang-go', for: 'the gate of go test' },
  { tool: '/usr/bin/time', debian: 'time', for: 'the peak of memory' },
]

const onPath = tool =>
  tool.startsWith('/')
    ? existsSync(tool)
    : (process.env.PATH ?? '').split(':').some(folder => existsSync(`${folder}/${tool}`))
const run = (file, args) => spawnSync(file, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0

function installTools() {
  const missing = TOOLS.filter(({ tool }) => !onPath(tool))
  if (missing.length === 0) return
  const packages = missing.map(({ debian }) => debian)
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    process.env.DEBIAN_FRONTEND = 'noninteractive'
    console.log(`Installing ${packages.join(', ')}.`)
    run('apt-get', ['update', '-qq'])
    // One at a time, so that a package a distribution lacks does not cost the others.
    for (const name of packages) run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', name])
  }
  for (const { tool, debian, for: use } of missing.filter(({ tool }) => !onPath(tool))) {
    console.log(`${tool} is missing (Debian: ${debian}; used for ${use}); tests that need it are skipped.`)
  }
}

function installPackages() {
  const stamp = 'node_modules/.perf-verdict-lock'
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  if (!run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])) process.exit(1)
  writeFileSync(stamp, lock)
}

installTools()
installPackages()
