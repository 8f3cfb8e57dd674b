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
      const parts = text
        .split(/^\[\[bench\]\]/m)
        .slice(1)
        .map(part => part.split(/^\[/m)[0]!)
      const named = parts.flatMap(part => /^\s*name\s*=\s*["']([^"']+)["']/m.exec(part)?.[1] ?? [])
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
      const features = featuresOf(parts)
      const wanted = features.length === 0 ? '' : ` --features ${word(features.join(','))}`
      return [
        {
          name: suiteName('rust', folder),
          from: path,
          build: [`cargo bench${manifest}${wanted} --no-run`],
          // Without its targets it would run the tests of the library too.
          command: `cargo bench${manifest}${wanted}${only}`,
          ...(harness && { harness }),
          unknown: harness
            ? []
            : [`${path} names no harness that is known, so the output of its benches has to show it.`],
        },
      ]
    })

/** What targets require of the package, without which Cargo leaves them out or refuses them. */
function featuresOf(parts: readonly string[]): readonly string[] {
  const lists = parts.flatMap(part => /^\s*required-features\s*=\s*\[([^\]]*)\]/m.exec(part)?.[1] ?? [])
  return [
    ...new Set(
      lists.flatMap(list => [...list.matchAll(/["']([^"',]+)["']/g)].map(([, feature]) => feature!)),
    ),
  ]
}

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
