import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Prints as Markdown what a hosted machine can do for a gate, each fact by trying it: whether `perf` counts instructions in hardware is what
 * none of our machines could show.
 */
const run = (file, ...args) => {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', timeout: 120_000 })
  return { ok: status === 0, text: `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}`.trim() }
}
const read = path => {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    return error.code
  }
}

const counted = run('perf', 'stat', '--field-separator=;', '-e', 'instructions:u,cycles:u', '--', '/bin/true')
const figure = /^(\d+);[^;]*;instructions:u/m.exec(counted.text)?.[1]
const why = counted.text
  .split('\n')
  .find(line => /not supported|not counted|paranoid|denied|ENOENT/i.test(line))
const enclosed = run('bwrap', '--unshare-all', '--ro-bind', '/', '/', '--', '/bin/true')
const rows = [
  ['machine', `${process.arch}, kernel ${read('/proc/sys/kernel/osrelease')}`],
  [
    '`perf stat -e instructions:u`',
    figure
      ? `counts: ${figure} instructions of /bin/true`
      : `does not count: ${why ?? counted.text.slice(0, 200)}`,
  ],
  ['`perf_event_paranoid`', read('/proc/sys/kernel/perf_event_paranoid')],
  ['bubblewrap', enclosed.ok ? 'works' : `does not: ${enclosed.text.slice(0, 200)}`],
  ['valgrind', run('valgrind', '--version').text.slice(0, 60)],
]
const cell = text => String(text).replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
console.log('## Environment\n\n| what | here |\n|---|---|')
for (const [what, here] of rows) console.log(`| ${what} | ${cell(here)} |`)
const doctor = run(process.execPath, 'dist/cli.js', 'doctor')
console.log(
  `\n<details><summary>perf-verdict doctor</summary>\n\n\`\`\`text\n${doctor.text.replaceAll('```', "'''")}\n\`\`\`\n</details>`,
)
