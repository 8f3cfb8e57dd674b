import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { gateWords, run, start, text } from './gate.mjs'
import { makeRepository } from './programs.mjs'
import { check, expect, note } from './results.mjs'
import { changedSince, readSettings } from './settings.mjs'

const USER = 1000

/** A program that measures nothing but how it is run: a thousand for each CPU up to the one it is on, and its nice value from 100 on. */
const witness = message => ({
  Makefile: 'bench: witness.c\n\t$(CC) -O1 -o $@ witness.c\n',
  'witness.c': `#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
static volatile unsigned sink;
int main(void) {
  int nice = getpriority(PRIO_PROCESS, 0), cpu = sched_getcpu();
  for (unsigned i = 0; i < 3000000; i++) {
    sink += i;
    /* A value that changes on the way is none that a round may report. */
    if (i % 1000 == 0 && (sched_getcpu() != cpu || getpriority(PRIO_PROCESS, 0) != nice)) return 3;
  }
  printf("${message} value %d\\n", (cpu + 1) * 1000 + nice + 100);
  return 0;
}
`,
})

/** As the kernel counts CPUs, and nice -20. */
const asWitnessed = cpu => (Number(cpu) + 1) * 1000 + 80
const BENCH = ['--bench', 'seen=./bench', '--format', 'regex:value (\\d+)', '--unit', 'n']
const MORE = [...BENCH, '--layouts', 'off', '--counters', 'off', '--budget', '20m']

/** A gate beside which `watch` is asked twice a second. */
async function watchedGate({ repository, user, more, watch }) {
  const out = `${repository}-report`
  rmSync(out, { recursive: true, force: true })
  const child = start(gateWords(repository, 'twin', out, more), { user })
  const printed = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', data => printed.push(data))
  const over = new Promise(resolve => child.on('close', resolve))
  const seen = new Set()
  let running = true
  void over.then(() => {
    running = false
  })
  while (running) {
    seen.add(watch())
    await sleep(500)
  }
  const status = await over
  try {
    return { status, report: JSON.parse(readFileSync(`${out}/report.json`, 'utf8')), seen }
  } catch (error) {
    throw new Error(`exit ${status}, no report (${error.message}): ${printed.join('').slice(-1500)}`)
  }
}

const samplesOf = ({ report }) => {
  const [row] = report.benchmarks
  return [...(row.base?.samples ?? []), ...(row.head?.samples ?? []), ...(row.control?.samples ?? [])]
}

function sawTheSame(samples, wanted) {
  const others = samples.filter(sample => sample !== wanted)
  return (
    (samples.length >= 4 && others.length === 0) || `${samples.length} rounds, of these ${others.join(' ')}`
  )
}

const online = () => text('/sys/devices/system/cpu/online')

export async function gates() {
  const work = '/home/runner/work'
  mkdirSync(work, { recursive: true })
  const trees = { main: witness('a'), twin: witness('b') }
  const ofRunner = makeRepository(`${work}/witness`, trees, USER)
  run(['chown', '-R', `${USER}:${USER}`, work])
  const ofRoot = makeRepository('/root/witness', trees)
  const before = readSettings()

  for (const [user, repository, tune] of [
    ['runner', ofRunner, 'auto'],
    [undefined, ofRoot, 'required'],
  ]) {
    await check(
      `gate of ${user ?? 'root'}, tune ${tune}: nice -20 on its CPU in every measured round; settings as before`,
      async () => {
        const ended = await watchedGate({ repository, user, more: [...MORE, '--tune', tune], watch: online })
        const { status, report, seen } = ended
        note(`${report.sentence} isolation ${report.host.isolation}, CPU ${report.host.cpus}`)
        const knob = name => report.host.knobs.find(each => each.name === name)
        const left = changedSince(before)
        const facts = {
          'a pass': status === 0 || `${status}: ${report.sentence}`,
          'nice -20 on its CPU in every round': sawTheSame(samplesOf(ended), asWitnessed(report.host.cpus)),
          'all put back, it says': report.host.knobs.every(({ restored }) => restored !== false),
          'nothing is left': left.length === 0 || left.join('; '),
          isolated: report.host.isolation !== 'none' || report.host.isolation,
        }
        expect(
          tune === 'required'
            ? {
                ...facts,
                'a partition': knob('cpuset')?.restored === true || JSON.stringify(knob('cpuset')),
                'the sibling was offline': seen.has('0-2') || [...seen].join(' and '),
                'it says so': knob('smt')?.restored === true || JSON.stringify(knob('smt')),
              }
            : facts,
        )
        return `${samplesOf(ended).length} rounds, ${report.host.isolation}`
      },
    )
  }
}
