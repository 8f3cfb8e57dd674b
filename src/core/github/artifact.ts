/** The one file of the artifact; the measuring job writes nothing else into it. */
export const REPORT_ENTRY = 'report.json'

/** What an artifact may be. Its content is in the hand of whoever wrote the pull request, whatever our code wrote into it. */
export const ARTIFACT_LIMITS = {
  zippedBytes: 2 * 1024 * 1024,
  unzippedBytes: 8 * 1024 * 1024,
  /** Unzipped over zipped size; deflate reaches a thousand only for what no report holds. */
  ratio: 100,
} as const

/** What the directory of a zip file says of one entry. */
export interface ZipEntry {
  readonly name: string
  readonly encrypted: boolean
  /** 0 is stored, 8 is deflated. */
  readonly method: number
  readonly zippedBytes: number
  readonly unzippedBytes: number
}

const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
/** Of an entry in the directory, before its name, extra field and comment (4.3.12). */
const ENTRY_BYTES = 46
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50
const ZIP64_LOCATOR_BYTES = 20

/** Why the bytes are not even looked into, or undefined: a plain zip file of one entry, its end at the end (APPNOTE 4.3.16). */
export function faultOfZip(bytes: Uint8Array): string | undefined {
  if (bytes.length > ARTIFACT_LIMITS.zippedBytes) {
    return `it is larger than ${ARTIFACT_LIMITS.zippedBytes} bytes`
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length - END_BYTES
  if (end < 0 || view.getUint32(end, true) !== END_SIGNATURE) return 'it is not a whole zip file'
  const locator = end - ZIP64_LOCATOR_BYTES
  if (locator >= 0 && view.getUint32(locator, true) === ZIP64_LOCATOR_SIGNATURE) return 'it is a zip64 file'
  const count = view.getUint16(end + 10, true)
  if (count !== 1) return `it holds ${count} entries and not one`
  const [size, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)]
  if (start + size !== end || size < ENTRY_BYTES) return 'its directory is not where it says'
  const tail =
    view.getUint16(start + 28, true) + view.getUint16(start + 30, true) + view.getUint16(start + 32, true)
  return ENTRY_BYTES + tail === size ? undefined : 'its directory holds more than the one entry'
}

/** Why its one entry is not unpacked, or undefined. */
export function faultOfEntry(entry: ZipEntry): string | undefined {
  const { ratio, unzippedBytes } = ARTIFACT_LIMITS
  if (entry.name !== REPORT_ENTRY) return `its entry is not ${REPORT_ENTRY}`
  if (entry.encrypted) return 'its entry is encrypted'
  if (entry.method !== 0 && entry.method !== 8) return 'its entry is packed in an unusual way'
  if (entry.unzippedBytes > unzippedBytes) return `its entry is larger than ${unzippedBytes} bytes`
  if (entry.unzippedBytes > entry.zippedBytes * ratio)
    return `its entry unpacks to more than ${ratio} times its size`
  return undefined
}
