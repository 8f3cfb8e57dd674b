/** A function's text in one source file: its name and its lines, counted from 1, both ends included. */
export interface SourceFunction {
  readonly name: string
  readonly from: number
  readonly to: number
  /** Parameters and body without comments and white space: equal texts do the same. */
  readonly text: string
}

type Language = 'c' | 'rust' | 'go'

const LANGUAGES: readonly (readonly [RegExp, Language])[] = [
  [/\.(?:c|h|cc|cpp|cxx|c\+\+|hh|hpp|hxx|inl|inc|ipp|tcc|cu|m|mm)$/i, 'c'],
  [/\.rs$/, 'rust'],
  [/\.go$/, 'go'],
]

/** The language of a source file by its name; undefined for what holds no functions that we know. */
export function languageOf(path: string): Language | undefined {
  return LANGUAGES.find(([pattern]) => pattern.test(path))?.[1]
}

/** No source that people write nests deeper or has longer signatures; hostile ones must not cost the square. */
const DEEPEST = 500
const LONGEST_SIGNATURE = 8192

/**
 * Finds functions with a body in C, C++, Rust or Go by matching braces. It reads text, not a grammar: what macros
 * build it cannot see.
 */
export function findFunctions(source: string, language: Language): SourceFunction[] {
  const found: SourceFunction[] = []
  const open: { name?: string; from: number; at: number }[] = []
  const text = blankComments(source, language)
  let statement = 0
  let line = 1
  let statementLine = 1
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (sign === '\n') line++
    if (statement === at && /\s/.test(sign)) {
      statement = at + 1
      statementLine = line
    }
    if (sign === '{') {
      if (open.length >= DEEPEST) return found
      const insideFunction = open.some(({ name }) => name !== undefined)
      const signature = text.slice(Math.max(statement, at - LONGEST_SIGNATURE), at)
      const name = insideFunction ? undefined : functionName(signature, language)
      const start = beginOf(signature, language)
      const from = statementLine + signature.slice(0, start).split('\n').length - 1
      open.push({ ...(name === undefined ? {} : { name }), from, at: at - signature.length + start })
    } else if (sign === '}') {
      // A brace in the first column ends a function even where the branches of an #if left braces open.
      const outermost = open.findIndex(({ name, at: start }) => name !== undefined && isAtMargin(text, start))
      if (isAtMargin(text, at) && outermost >= 0) open.length = outermost + 1
      const { name, from, at: start } = open.pop() ?? { from: 0, at: 0 }
      if (name !== undefined)
        found.push({ name, from, to: line, text: essence(text.slice(start, at + 1), name) })
    }
    if (sign === '{' || sign === '}' || sign === ';') {
      statement = at + 1
      statementLine = line
    }
  }
  return found
}

/** The function that a line names which git shows behind `@@`; undefined for a type, a table or a label. */
export function nameInContext(line: string): string | undefined {
  if (/\bfn\s/.test(line)) return functionName(line, 'rust')
  return /^func\b/.test(line) ? functionName(line, 'go') : functionName(line, 'c')
}

const isAtMargin = (text: string, at: number): boolean => at === 0 || text[at - 1] === '\n'

const NOT_FUNCTIONS = new Set([
  'if',
  'for',
  'while',
  'switch',
  'return',
  'catch',
  'sizeof',
  'do',
  'else',
  'defined',
  'alignas',
  'decltype',
  '__attribute__',
  '__declspec',
  'noexcept',
  'requires',
  'asm',
  '__asm__',
])

/** Where a signature begins behind what no semicolon ends: Go's package and imports, C++'s access labels. */
function beginOf(statement: string, language: Language): number {
  if (language === 'go') return Math.max(0, statement.search(/\bfunc\b/))
  return language === 'c'
    ? (/^(?:(?:public|private|protected)\s*:(?!:)\s*)+/.exec(statement)?.[0].length ?? 0)
    : 0
}

/** The name of the function whose body the next brace opens, or undefined for another block. */
function functionName(statement: string, language: Language): string | undefined {
  if (language === 'rust') return /\bfn\s+([A-Za-z_]\w*)/.exec(statement)?.[1]
  if (language === 'go') return /\bfunc\s*(?:\([^)]*\)\s*)?([A-Za-z_]\w*)/.exec(statement)?.[1]
  if (/^(?:inline\s+)?namespace\b|=\s*$/.test(statement)) return undefined
  if (
    /^(?:typedef|struct|class|union|enum|template\s*<[^{]*>\s*(?:struct|class))\b/.test(statement) &&
    !/\)\s*(?:const\s*)?$/.test(statement)
  )
    return undefined
  const plain = statement.replace(/__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)/g, ' ')
  for (const [, name] of plain.matchAll(/([A-Za-z_~][\w$~]*)\s*\(/g))
    if (!NOT_FUNCTIONS.has(name!)) return name
  return undefined
}

/** Everything from the parameters on: attributes, storage class and place in the file do not change what it does. */
function essence(text: string, name: string): string {
  const from = text.search(new RegExp(`\\b${name.replaceAll(/[$~]/g, '\\$&')}\\s*[(<]`))
  return text.slice(Math.max(from, 0)).replaceAll(/\s+/g, '')
}

const TEXTS = /\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])'/g
const TEXTS_OF_C = new RegExp(`${TEXTS.source}|^[ \\t]*#(?:\\\\\\n|[^\\n])*`, 'gm')
const TEXTS_OF_GO = new RegExp(`${TEXTS.source}|\`[^\`]*\`?`, 'g')

/** Comments, texts and preprocessor lines as blanks, so that braces in them do not count; lines stay lines. */
function blankComments(source: string, language: Language): string {
  const pattern = language === 'c' ? TEXTS_OF_C : language === 'go' ? TEXTS_OF_GO : TEXTS
  return source.replaceAll(pattern, found =>
    /^["'`]/.test(found) ? found.replaceAll(/[{};]/g, '_') : found.replaceAll(/[^\n]/g, ' '),
  )
}
