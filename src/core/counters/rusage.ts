/** What the kernel accounts to a finished process and its children. */
export interface ResourceUse {
  readonly exitCode: number
  readonly contextSwitches: number
  readonly pageFaults: number
}

/** The format to give GNU `time -f`; its fields are exit code, switches by force and by choice, major and minor faults. */
export const TIME_FORMAT = '%x;%c;%w;%F;%R'

/** Reads what GNU `time -o` left, whose last line is the one we asked for; undefined when it is not there. */
export function readResourceUse(text: string): ResourceUse | undefined {
  const line = text.trimEnd().split('\n').at(-1) ?? ''
  const match = /^(\d{1,3});(\d{1,15});(\d{1,15});(\d{1,15});(\d{1,15})$/.exec(line)
  if (!match) return undefined
  const [exitCode, forced, chosen, major, minor] = match.slice(1).map(Number)
  // GNU time gives the exit code of a killed command as 0, and says so in a line of its own.
  const signal = /^Command terminated by signal (\d{1,2})$/m.exec(text)?.[1]
  return {
    exitCode: signal === undefined ? exitCode! : 128 + Number(signal),
    contextSwitches: forced! + chosen!,
    pageFaults: major! + minor!,
  }
}
