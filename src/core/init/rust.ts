import type { HarnessName } from '../model/harness-name.ts'
import { type Detect, fileName, folderOf, isBelow, type Suite, suiteName, word } from './suite.ts'

const HARNESSES: readonly (readonly [RegExp, HarnessName])[] = [
  [
    /^\s*(?:\[.*\.)?(?:codspeed-)?criterion(?:-compat)?\b|package\s*=\s*"(?:codspeed-)?criterion/m,
    'criterion',
  ],
  [/^\s*(?:\[.*\.)?(?:codspeed-)?divan\b|package\s*=\s*"(?:codspeed-)?divan/m, 'divan'],
]

/** Packages with `[[bench]]` targets, or with files in `benches`, which Cargo takes for targets (The Cargo Book, "Cargo Targets"). */
export const rust: Detect = ({ paths, read }) =>
  paths
    .filter(path => fileName(path) === 'Cargo.toml')
    .flatMap((path): readonly Suite[] => {
      const folder = folderOf(path)
      const text = read(path)
      if (!/^\[package\]/m.test(text)) return []
      const named = text
        .split(/^\[\[bench\]\]/m)
        .slice(1)
        .flatMap(part => /^\s*name\s*=\s*"([^"]+)"/m.exec(part.split(/^\[/m)[0]!)?.[1] ?? [])
      const prefix = folder === '' ? 'benches/' : `${folder}/benches/`
      const found = paths.flatMap(
        each =>
          /^([^/]+)(?:\.rs|\/main\.rs)$/.exec(
            each.startsWith(prefix) ? each.slice(prefix.length) : '',
          )?.[1] ?? [],
      )
      const targets = [...new Set([...named, ...(/^\s*autobenches\s*=\s*false/m.test(text) ? [] : found)])]
      if (targets.length === 0) return []
      const harness = harnessOf(text, paths, { folder, read })
      const manifest = folder === '' ? '' : ` --manifest-path ${word(path)}`
      const only = targets.map(name => ` --bench ${word(name)}`).join('')
      return [
        {
          name: suiteName('rust', folder),
          from: path,
          build: [`cargo bench${manifest} --no-run`],
          // Without its targets it would run the tests of the library too.
          command: `cargo bench${manifest}${only}`,
          ...(harness && { harness }),
          unknown: harness
            ? []
            : [`${path} names no harness that is known, so the output of its benches has to show it.`],
        },
      ]
    })

function harnessOf(
  text: string,
  paths: readonly string[],
  { folder, read }: { readonly folder: string; readonly read: (path: string) => string },
): HarnessName | undefined {
  const named = HARNESSES.find(([pattern]) => pattern.test(text))?.[1]
  if (named) return named
  const benches = paths.filter(path => isBelow(path, folder === '' ? 'benches' : `${folder}/benches`))
  return benches.some(path => path.endsWith('.rs') && /#\[bench\]/.test(read(path))) ? 'libtest' : undefined
}
