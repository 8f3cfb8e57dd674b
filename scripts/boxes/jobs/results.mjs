import { openSync, readdirSync, readFileSync, writeSync } from 'node:fs'

/** Inside a guest: what the job says to the machine that started it, a JSON object a line, by a virtio port. */
const port = openSync(`/dev/${portNamed('results')}`, 'w')

function portNamed(name) {
  const ports = '/sys/class/virtio-ports'
  return readdirSync(ports).find(entry => readFileSync(`${ports}/${entry}/name`, 'utf8').trim() === name)
}

export function send(line) {
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
  for (let at = 0; at < bytes.length; ) at += writeSync(port, bytes, at)
}

export const note = text => send({ note: text })

const parts = readFileSync('/job/parts', 'utf8')
  .split('\n')
  .filter(part => part !== '')

/** Runs a part of the job, unless only others were asked for. */
export async function part(name, run) {
  if (parts.length === 0 || parts.includes(name)) await run()
}

/** Runs one assertion; what it returns is said with the pass, what it throws with the failure. */
export async function check(assertion, run) {
  try {
    send({ assertion, passed: true, detail: (await run()) ?? '' })
  } catch (error) {
    send({ assertion, passed: false, detail: error instanceof Error ? error.message : String(error) })
  }
}

/** The facts of one assertion; all that do not hold are named at once. */
export function expect(facts) {
  const wrong = Object.entries(facts).filter(([, holds]) => holds !== true)
  if (wrong.length > 0)
    throw new Error(
      wrong.map(([name, holds]) => `not so: ${name}${holds === false ? '' : ` (${holds})`}`).join('; '),
    )
}

/** Runs the body of a job, and ends it in a way that is seen, also where it fails as a whole. */
export async function job(body) {
  send({ note: 'the job starts' })
  try {
    await body()
  } catch (error) {
    send({
      assertion: 'the job runs to its end',
      passed: false,
      detail: error instanceof Error ? error.stack : String(error),
    })
  }
  send({ done: true })
}
