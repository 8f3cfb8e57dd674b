/** What the history's own script does: it filters the benchmarks by name. Without it the page reads as well. */
export const HISTORY_SCRIPT = `
const tools = document.querySelector('.tools')
const sections = [...document.querySelectorAll('section.timeline')]
if (tools && sections.length > 1) {
  tools.hidden = false
  const text = tools.querySelector('input')
  const filter = () => {
    const wanted = text.value.toLowerCase()
    let shown = 0
    for (const section of sections) {
      section.hidden = !section.dataset.name.toLowerCase().includes(wanted)
      if (!section.hidden) shown++
    }
    tools.querySelector('output').textContent = shown + ' of ' + sections.length
  }
  text.addEventListener('input', filter)
  filter()
}
`

/** The script's hash for the content security policy; a test holds it to the script. */
export const HISTORY_SCRIPT_HASH = 'sha256-Vz8JEW+71DE+OtnXwToDupH2vLnUHqx6wTaCyYCU5SU='
