import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOST, run } from './gate.mjs'
import { COMMAND } from './hold.mjs'
import { check, expect, job, note, part } from './results.mjs'
import { changedSince, readSettings } from './settings.mjs'
import { gates } from './x86-gates.mjs'
import { holdForReboot, holds, kills } from './x86-holds.mjs'
import { installation, sudoers } from './x86-install.mjs'
import { isolation } from './x86-isolation.mjs'
import { limits } from './x86-limits.mjs'

/** Written before the reboot: what the settings were, and how long the journal of the hold was. */
const STAGE = '/var/lib/box-stage.json'
const REBOOT_PATIENCE_MS = 600_000
/** Interrupts may have other numbers and CPUs after a boot, and reserves are a share of what was free then. */
const ofThisBoot = line => /^\/proc\/irq\/|^\/proc\/sys\/vm\/(user|admin)_reserve_kbytes:/.test(line)

if (existsSync(STAGE)) await job(afterReboot)
else await job(untilReboot)

async function untilReboot() {
  await check('systemd runs, AppArmor is on, four CPUs in two cores', () => {
    const failed = run(['systemctl', '--failed', '--no-legend', '--plain']).out.trim()
    expect({
      'no unit failed': failed === '' || failed,
      AppArmor: run(['aa-enabled']).out.trim() === 'Yes' || run(['aa-enabled']).out,
      'SMT is on': readFileSync('/sys/devices/system/cpu/smt/control', 'utf8').trim() === 'on',
    })
  })
  // Debian's base-files makes these when it is configured, which nothing is here.
  run(['mkdir', '-p', '/usr/local/bin', '/usr/local/lib', '/usr/local/sbin'])
  const settings = readSettings()
  await part('installation', installation)
  run(['node', HOST, 'install', '--user', 'runner'])
  await part('sudoers', sudoers)
  await part('holds', holds)
  await part('kills', kills)
  await part('gates', gates)
  await isolation()
  await part('limits', limits)
  await part('reboot', () => reboot(settings))
}

async function reboot(settings) {
  const journal = await holdForReboot()
  const changed = changedSince(settings).length
  writeFileSync(STAGE, JSON.stringify({ settings, journal, changed }))
  note(`reboots in the middle of a hold: ${changed} settings changed, a journal of ${journal} bytes`)
  run(['sync'])
  run(['systemctl', 'reboot', '--force', '--force'])
  await sleep(REBOOT_PATIENCE_MS)
}

async function afterReboot() {
  const { settings, changed } = JSON.parse(readFileSync(STAGE, 'utf8'))
  await check('a reboot in the middle of a hold: the boot unit ran, and nothing of the hold is left', () => {
    const unit = run([
      'systemctl',
      'show',
      '-p',
      'Result',
      '-p',
      'ExecMainStatus',
      '-p',
      'ExecMainStartTimestampMonotonic',
      'perf-verdict-recover.service',
    ]).out
    const left = changedSince(settings).filter(line => !ofThisBoot(line))
    const { out } = run([COMMAND, 'status'])
    expect({
      'the hold had changed settings': changed > 0,
      'the unit ran well':
        /Result=success/.test(unit) && /ExecMainStatus=0/.test(unit) && !/Monotonic=0$/m.test(unit)
          ? true
          : unit,
      'settings are those of a boot': left.length === 0 || left.join('; '),
      'nobody holds': out.includes('Nobody holds the machine') || out,
      'no journal': out.includes('No settings wait to be restored') || out,
    })
    return `${changed} settings had been changed`
  })
}
