/**
 * What the page's own script does, and nothing else: it sorts the table by a column, filters it by name and finding, and opens the
 * explanation that an address points to. Without it the page reads as well; it takes nothing from the report.
 */
export const SCRIPT = `
const table = document.querySelector('#benchmarks')
const tools = document.querySelector('.tools')
if (table && tools) {
  tools.hidden = false
  const rows = [...table.tBodies[0].rows]
  const [text, finding] = [tools.querySelector('input'), tools.querySelector('select')]
  const count = tools.querySelector('output')
  const filter = () => {
    const wanted = text.value.toLowerCase()
    let shown = 0
    for (const row of rows) {
      const fits = row.dataset.name.toLowerCase().includes(wanted)
      const ok = fits && (finding.value === '' || row.dataset.finding === finding.value)
      row.hidden = !ok
      if (ok) shown++
    }
    count.textContent = shown + ' of ' + rows.length
  }
  text.addEventListener('input', filter)
  finding.addEventListener('change', filter)
  filter()
  const heads = [...table.tHead.rows[0].cells]
  heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') !== 'descending'
    for (const other of heads) other.removeAttribute('aria-sort')
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending')
    const key = row => row.cells[column].dataset.value ?? row.cells[column].textContent
    const order = (one, other) => {
      const [a, b] = [key(one), key(other)]
      const numbers = a !== '' && b !== '' && isFinite(a) && isFinite(b)
      const by = numbers ? a - b : a < b ? -1 : a > b ? 1 : 0
      return down ? -by : by
    }
    table.tBodies[0].append(...rows.sort(order))
  }))
}
const open = () => {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1))
  if (target) { for (const part of target.querySelectorAll(':scope > details')) part.open = true; target.scrollIntoView() }
}
addEventListener('hashchange', open)
open()
`

/** The script's hash as a content security policy names it (CSP 3, section 2.3.1); a test holds it to the script. */
export const SCRIPT_HASH = 'sha256-qEcvc7tZCRBrJi76mfNFZe2dcoHS1S6EFdG65vSDf1U='
