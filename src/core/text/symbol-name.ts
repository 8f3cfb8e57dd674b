/** Template arguments longer than this say less than they hide. */
const LONGEST_ARGUMENTS = 24

/** A demangled name without parameters, return type and long template arguments. */
export function shortName(name: string): string {
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
