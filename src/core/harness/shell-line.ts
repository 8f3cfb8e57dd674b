/**
 * The place in a command line where arguments of its benchmark go: in the last command of a list, in the first part of its pipe, before
 * what is redirected. Command lines of any other shape have none that is sure, and get no arguments.
 */
export function withArguments(command: string, words: readonly string[]): string | undefined {
  const place = placeForArguments(command)
  if (!place) return undefined
  const added = words.map(quotedWord).join(' ')
  return `${command.slice(0, place.end).trimEnd()} ${added}${rest(command, place.end)}`
}

/** The same for `cargo bench` and its like, which pass on what follows `--`. */
export function withArgumentsAfterDashes(command: string, words: readonly string[]): string | undefined {
  const place = placeForArguments(command)
  if (!place) return undefined
  const passes = / -- /.test(`${command.slice(place.start, place.end)} `)
  const added = [...(passes ? [] : ['--']), ...words.map(quotedWord)].join(' ')
  return `${command.slice(0, place.end).trimEnd()} ${added}${rest(command, place.end)}`
}

/** The text of the command that gets the arguments; undefined where there is none. */
export function benchmarkPart(command: string): string | undefined {
  const place = placeForArguments(command)
  return place && command.slice(place.start, place.end).trim()
}

/** One word for the shell, whatever is in it. */
export function quotedWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

function rest(command: string, end: number): string {
  const left = command.slice(end).trimStart()
  return left === '' ? '' : ` ${left}`
}

interface Place {
  readonly start: number
  readonly end: number
}

/** Words that begin a compound command, whose end is not the end of the line. */
const COMPOUND =
  /^(?:if|for|while|until|case|select|function|time|coproc|do|done|then|fi|esac|else|elif|[{}!])(?:\s|$)/

/** What ends a list and is no benchmark: arguments would be printed by it, or lost. */
const AFTERWARDS =
  /^(?:echo|printf|true|false|:|exit|rm|cat|ls|wait|sleep|cp|mv|kill|unset|export|cd|tee)(?:\s|$)/

function placeForArguments(command: string): Place | undefined {
  let start = 0
  let end: number | undefined
  let at = 0
  while (at < command.length) {
    const char = command[at]!
    if (char === '\\') at += 2
    else if (char === "'" || char === '"') {
      const after = afterQuotes(command, at)
      if (after === undefined) return undefined
      at = after
    } else if (command.startsWith('$(', at) || command.startsWith('${', at)) {
      const after = afterBrackets(command, at + 1)
      if (after === undefined) return undefined
      at = after
    } else if ('`()'.includes(char)) return undefined
    else if (char === '#' && (at === 0 || /[\s;&|]/.test(command[at - 1]!))) return undefined
    else if (command.startsWith('<<', at)) return undefined
    else if (command.startsWith('||', at)) {
      // What runs only where the benchmark failed is not it.
      end ??= at
      at += 2
    } else if (char === ';' || char === '\n' || command.startsWith('&&', at)) {
      const length = char === ';' || char === '\n' ? 1 : 2
      // What ends the line ends no other command.
      if (command.slice(at + length).trim() !== '') {
        start = at + length
        end = undefined
      } else end ??= at
      at += length
    } else if (char === '|') {
      end ??= at
      at++
    } else if (char === '>' || char === '<' || (char === '&' && command[at + 1] === '>')) {
      end ??= beforeDescriptor(command, at)
      at += command.startsWith('>&', at) || command.startsWith('&>', at) ? 2 : 1
    } else if (char === '&') return undefined
    else at++
  }
  const part = command.slice(start, end ?? command.length).trim()
  if (part === '' || COMPOUND.test(part) || AFTERWARDS.test(part)) return undefined
  return { start, end: end ?? command.length }
}

/** `2>` belongs together; `a2>` does not. */
function beforeDescriptor(command: string, at: number): number {
  const digits = /(?:^|\s)(\d+)$/.exec(command.slice(0, at))
  return digits ? at - digits[1]!.length : at
}

function afterQuotes(command: string, at: number): number | undefined {
  const quote = command[at]
  for (let index = at + 1; index < command.length; index++) {
    if (command[index] === quote) return index + 1
    if (quote === '"' && command[index] === '\\') index++
  }
  return undefined
}

function afterBrackets(command: string, at: number): number | undefined {
  let depth = 0
  for (let index = at; index < command.length; index++) {
    if (command[index] === '(' || command[index] === '{') depth++
    else if (command[index] === ')' || command[index] === '}') {
      depth--
      if (depth === 0) return index + 1
    }
  }
  return undefined
}
