/** What every box has of Debian, and the files that the packages' scripts would have made. */
export const BASE_PACKAGES = [
  ...[
    'base-files',
    'base-passwd',
    'bash',
    'coreutils',
    'dash',
    'grep',
    'sed',
    'mawk',
    'findutils',
    'diffutils',
  ],
  ...[
    'util-linux',
    'bsdutils',
    'mount',
    'procps',
    'libc-bin',
    'tar',
    'gzip',
    'busybox-static',
    'libpam-modules',
    'sudo',
  ],
  ...['git', 'gcc', 'libc6-dev', 'make', 'binutils', 'bubblewrap', 'iproute2'],
]

export const USER_ID = 1000

export const baseFiles = hostname => ({
  'etc/passwd': {
    from: 'usr/share/base-passwd/passwd.master',
    more: `runner:x:${USER_ID}:${USER_ID}::/home/runner:/bin/bash\n`,
  },
  'etc/group': { from: 'usr/share/base-passwd/group.master', more: `runner:x:${USER_ID}:\n` },
  'etc/shadow': { text: 'root:*:19000:0:99999:7:::\nrunner:*:19000:0:99999:7:::\n', mode: 0o640 },
  'etc/hostname': `${hostname}\n`,
  'etc/hosts': `127.0.0.1 localhost ${hostname}\n`,
  'etc/pam.d/common-auth': 'auth required pam_unix.so\n',
  'etc/pam.d/common-account': 'account required pam_unix.so\n',
  'etc/pam.d/common-session': 'session required pam_permit.so\nsession optional pam_systemd.so\n',
  'etc/pam.d/common-session-noninteractive': 'session required pam_permit.so\n',
  'etc/pam.d/common-password': 'password required pam_deny.so\n',
  'usr/bin/awk': { link: 'mawk' },
  'usr/bin/cc': { link: 'gcc' },
})
