import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { faultOfEntry, faultOfZip, REPORT_ENTRY } from '../../core/github/artifact.ts'
import { failed, type Result, success } from '../../core/model/result.ts'

/** The text of the report, or what is wrong with the artifact. */
export type Unzipped = Result<string, string>

/** Unpacks the report out of an artifact, in memory and under limits that are checked before and while unpacking; never throws. */
export async function unzipReport(bytes: Uint8Array): Promise<Unzipped> {
  const fault = faultOfZip(bytes)
  if (fault !== undefined) return failed(fault)
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const zip = await fromBufferPromise(buffer, { strictFileNames: true, validateEntrySizes: true })
    return await unzipOnly(zip)
  } catch (error) {
    return failed(`it cannot be unpacked (${error instanceof Error ? error.message : error})`)
  }
}

async function unzipOnly(zip: ZipFile): Promise<Unzipped> {
  const entry = await onlyEntry(zip)
  if (entry === undefined) return failed('it does not hold exactly one entry')
  const fault = faultOfEntry({
    name: entry.fileName,
    encrypted: entry.isEncrypted(),
    method: entry.compressionMethod,
    zippedBytes: entry.compressedSize,
    unzippedBytes: entry.uncompressedSize,
  })
  if (fault !== undefined) return failed(fault)
  const content = await read(zip, entry)
  if (crc32(content) !== entry.crc32) return failed(`the checksum of ${REPORT_ENTRY} is wrong`)
  return success(new TextDecoder('utf-8', { fatal: true }).decode(content))
}

async function onlyEntry(zip: ZipFile): Promise<Entry | undefined> {
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    entries.push(entry)
    if (entries.length > 1) return undefined
  }
  return entries[0]
}

/** The library stops a stream that returns more than the directory says. */
async function read(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
