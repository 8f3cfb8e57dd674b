import type { Limitation } from '../../core/model/report.ts'
import type { AddressesOpen, OwnPaths, Weakness } from '../../core/sandbox/weakness.ts'

/** What the report says of a place that parts the pull request's code less than it could. */
export function weaknessLimitation(weakness: Weakness): Limitation {
  switch (weakness.kind) {
    case 'no-boundary':
      return {
        what: "Code of the pull request ran as the runner's own user, without a boundary (isolation is off).",
        instead: 'It was given a clean environment only; write isolation: auto to part them.',
      }
    case 'no-namespaces':
      return {
        what: `Code of the pull request could not get its own namespaces (${weakness.why}).`,
        instead:
          'Each side ran as another user, who sees the files that everybody may read, the network and the names of other processes, but not their memory or environment.',
      }
    case 'own-paths':
      return {
        what: 'Base and head were built and run at paths of their own, because there are no mount namespaces.',
        instead: `The paths are of equal length; what is built may still hold them.${named(weakness)}`,
      }
    case 'no-filter':
      return {
        what: 'System calls of the pull request were not filtered: neither bubblewrap nor util-linux 2.41 is there.',
        instead:
          'Its code had no rights and saw nothing of others, but could ask the kernel anything; install bubblewrap.',
      }
    case 'user-namespaces':
      return {
        what: `Code of the pull request could make user namespaces, in which it has rights over what it creates (${weakness.why}).`,
        instead: 'Files, processes and networks of others stayed out of its reach; install bubblewrap.',
      }
    case 'no-loopback':
      return {
        what: 'Benchmarks had no network at all, not even a loopback, because ip (of iproute2) is not there.',
        instead: 'Servers that listen on 127.0.0.1 cannot be measured; install bubblewrap or iproute2.',
      }
    case 'no-job-limits':
      return {
        what: 'The number of processes and the size of files of each job were not limited, because prlimit of util-linux is not there.',
        instead: 'Memory and the disk were watched all the same; install util-linux.',
      }
    case 'rewrites-own':
      return {
        what: `A benchmark rewrites ${weakness.file}, which it also reads and which was there before it ran.`,
        instead:
          'Its runs read what earlier ones left, and may measure something else than its first; have it write to a new file or to $TMPDIR.',
      }
    case 'no-layers':
      return {
        what: `Builds could not share the caches of toolchains (${weakness.why}).`,
        instead: 'Both sides were built with empty caches, and nothing of share was there.',
      }
    case 'folder-not-layered':
      return {
        what: `Builds could not share the folder ${weakness.folder} (${weakness.why.replace(/\.$/, '')}).`,
        instead:
          'Both sides were built without it; copy what they need of it to a folder on a disk, and share that.',
      }
    case 'addresses-by-routes-alone':
      return {
        what: `${ADDRESSES} were closed to builds by rules of routing alone, which a program gets around that binds its socket to a device.`,
        instead: `Install bubblewrap, with which system calls are filtered, or as root nftables. ${CLOSE_THEM}`,
      }
    case 'addresses-open':
      return {
        what: `${ADDRESSES} were not closed to builds, which have the machine's network: ${openBecause(weakness.because)}.`,
        instead: CLOSE_THEM,
      }
  }
}

/** The machine gives code of the pull request no place at all; the fault is what a gate ends with. */
export const noPlace = (fault: string): Limitation => ({
  what: fault,
  instead: 'A gate ends with these words, and runs nothing.',
})

function named(paths: OwnPaths): string {
  if (paths.workTree === undefined) return ''
  const own = ` Commands and variables that name ${paths.workTree} were given each side's own path`
  switch (paths.others) {
    case 'out-of-reach':
      return `${own}, and jobs could not reach it.`
    case 'watched':
      return `${own}; a build, or the first run of a command, that reads a file there ends the gate in an error.`
    case 'unwatched':
      return `${own}; a file that names it, such as an editable install of Python's, leads both sides to the same files there, and this could not be watched (${paths.why}).`
  }
}

const ADDRESSES =
  'The addresses at which a cloud tells a machine its credentials (169.254.169.254 and the like)'

const CLOSE_THEM =
  'Write network: none where builds need no network, or close them in the firewall of the machine.'

function openBecause(because: AddressesOpen): string {
  switch (because.rule) {
    case 'no-tool':
      return 'ip of iproute2 or timeout of coreutils is not installed'
    case 'names':
      return `the machine asks for names at ${because.address}, and the kernel cannot leave that alone open`
    case 'own-rules':
      return `rules of the machine's own let ${because.ranges.join(', ')} through`
    case 'no-right': {
      const takes = `closing them takes root or slirp4netns (${because.noOwn})`
      return because.answering.length === 0
        ? `${takes}; none of those that clouds use answers here`
        : `${takes}, and something answers here at ${because.answering.join(' and ')}`
    }
  }
}
