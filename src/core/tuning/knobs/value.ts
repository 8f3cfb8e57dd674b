import { formatCpuList, formatCpuMask, parseCpuList, parseCpuMask } from '../../machine/cpu-list.ts'
import type { Shape } from './knob.ts'

/** The value in the text of a settings file, in one plain form that can be written back and compared; undefined when it is none. */
export function readValue(text: string, shape: Shape): string | undefined {
  // Only the first line counts: these files hold one, and a shorter write over a plain file leaves the rest of the old one behind.
  const line = text.split('\n', 1)[0]!.trim()
  switch (shape) {
    case 'choice':
      return /\[([^\]\s]+)\]/.exec(line)?.[1] ?? word(line)
    case 'word':
      return word(line)
    case 'number':
      return /^-?\d{1,15}$/.test(line) ? `${Number(line)}` : undefined
    case 'mask': {
      const cpus = parseCpuMask(line)
      return cpus && formatCpuMask(cpus)
    }
    case 'list': {
      const cpus = parseCpuList(line)
      return cpus && formatCpuList(cpus)
    }
    case 'cpuset':
      return /(?:^|[\s+])cpuset(?:\s|$)/.test(line) ? '+cpuset' : '-cpuset'
  }
}

/** Every word that a `choice` file offers. */
export function readChoices(text: string): readonly string[] {
  return text
    .split('\n', 1)[0]!
    .split(/\s+/)
    .map(choice => choice.replace(/^\[(.*)\]$/, '$1'))
    .filter(choice => choice !== '')
}

function word(line: string): string | undefined {
  return /^\S+$/.test(line) ? line : undefined
}
