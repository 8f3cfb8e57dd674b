/** Template arguments longer than this say less than they hide. */
const LONGEST_ARGUMENTS = 24

/** A name of Go: a package's path, a receiver in brackets with a star, or type arguments in square brackets. */
const GO = /^[\w.~%/-]+\.(?:\(\*|[\w.]*\[)|^[\w.~%-]+\/[\w.~%/-]+\.\w/

/** A demangled name without parameters, return type and long template arguments; of a Go name without the package's path. */
export function shortName(name: string): string {
  if (GO.test(name)) return shortGoName(name)
  const implemented = name.startsWith('<') ? implementedFor(name) : undefined
  if (implemented !== undefined) return shortName(implemented)
  let depth = 0
  let kept = ''
  let held = ''
  for (const sign of name.replaceAll('(anonymous namespace)', '{anonymous}')) {
    if (sign === '<') depth++
    if (depth > 0) held += sign
    else if (sign === '(' && kept !== '' && !kept.endsWith('operator')) break
    else kept = sign === ' ' && !kept.endsWith('operator') ? '' : kept + sign
    if (sign !== '>' || depth === 0) continue
    depth--
    if (depth > 0) continue
    kept += held.length > LONGEST_ARGUMENTS ? '<…>' : held
    held = ''
  }
  return kept
}

function shortGoName(name: string): string {
  const end = name.search(/[([]/)
  const path = name.slice(0, end < 0 ? name.length : end)
  const local = name.slice(path.lastIndexOf('/') + 1)
  return local.replaceAll(/\[(?:[^[\]]|\[[^\]]*\])*\]/g, found =>
    found.length > LONGEST_ARGUMENTS || found.includes('go.shape') ? '[…]' : found,
  )
}

/** Rust's `<memchr::Finder as core::iter::Iterator>::next` as `memchr::Finder::next`. */
function implementedFor(name: string): string | undefined {
  let depth = 0
  let as = -1
  for (let at = 0; at < name.length; at++) {
    if (name[at] === '<') depth++
    else if (name[at] === '>' && name[at - 1] !== '-') depth--
    else if (depth === 1 && as < 0 && name.startsWith(' as ', at)) as = at
    if (depth > 0) continue
    const type = as < 0 ? '' : name.slice(1, as).replace(/^&(?:mut )?/, '')
    return /^[A-Za-z_]/.test(type) ? `${type}${name.slice(at + 1)}` : undefined
  }
  return undefined
}
