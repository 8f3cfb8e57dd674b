import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type RecordedLink, readLinkNote, responseFiles } from '../../core/layouts/recorded-link.ts'
import { readUntrusted } from '../files/untrusted-file.ts'

const MOST_LINKS = 10_000
const MOST_BYTES = 16 * 2 ** 20

/** Reads how the links of a build were called; what is not whole is left out. */
export async function readLinks(links: string): Promise<readonly RecordedLink[]> {
  const keys = (await readdir(links).catch(() => [])).filter(name => /^\d+-\d+$/.test(name))
  const read = await Promise.all(keys.slice(0, MOST_LINKS).map(key => readLink(join(links, key))))
  return read.filter(link => link !== undefined)
}

async function readLink(note: string): Promise<RecordedLink | undefined> {
  const text = (name: string) => readUntrusted(note, name, MOST_BYTES).then(found => found ?? '')
  const saved = join(note, 'saved')
  const list = await text('arguments')
  const responses = await Promise.all(
    responseFiles(list).map(async name => [name, await text(join('saved', name))] as const),
  )
  return readLinkNote({
    call: await text('call'),
    arguments: list,
    environment: await text('environment'),
    temporary: await text('temporary'),
    saved,
    responses: new Map(responses),
  })
}
