import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of a zip file; every field that could lie may be given. */
export interface ZipPart {
  readonly name: string
  readonly content: Uint8Array
  readonly method?: number
  readonly flags?: number
  readonly crc?: number
  readonly packed?: Uint8Array
  readonly zippedBytes?: number
  readonly unzippedBytes?: number
  readonly extra?: Uint8Array
  readonly offset?: number
  /** The name in the local header, where it differs from that in the directory. */
  readonly localName?: string
}

export interface ZipLies {
  readonly count?: number
  readonly comment?: string
  readonly zip64?: boolean
  readonly directoryOffset?: number
}

/** Writes a zip file (APPNOTE 6.3.10), with as many lies in it as asked for. */
export function zip(parts: readonly ZipPart[], lies: ZipLies = {}): Uint8Array {
  const chunks: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const packed = part.packed ?? (part.method === 0 ? part.content : deflateRawSync(part.content))
    const local = header(0x04034b50, part, packed, part.localName ?? part.name)
    const central = header(0x02014b50, part, packed, part.name)
    central.writeUInt32LE(part.offset ?? at, 42)
    chunks.push(local, Buffer.from(packed))
    directory.push(central)
    at += local.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(lies.count ?? parts.length, 8)
  end.writeUInt16LE(lies.count ?? parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(lies.directoryOffset ?? at, 16)
  end.writeUInt16LE(lies.comment?.length ?? 0, 20)
  const locator = lies.zip64 ? zip64(at + listed.length) : []
  return Buffer.concat([...chunks, listed, ...locator, end, Buffer.from(lies.comment ?? '')])
}

function header(signature: number, part: ZipPart, packed: Uint8Array, name: string): Buffer {
  const central = signature === 0x02014b50
  const [size, shift] = central ? [46, 2] : [30, 0]
  const written = Buffer.from(name)
  const extra = Buffer.from(part.extra ?? [])
  const fixed = Buffer.alloc(size)
  fixed.writeUInt32LE(signature, 0)
  fixed.writeUInt16LE(20, 4 + shift)
  fixed.writeUInt16LE(part.flags ?? 0, 6 + shift)
  fixed.writeUInt16LE(part.method ?? 8, 8 + shift)
  fixed.writeUInt32LE(part.crc ?? crc32(part.content), 14 + shift)
  fixed.writeUInt32LE(part.zippedBytes ?? packed.length, 18 + shift)
  fixed.writeUInt32LE(part.unzippedBytes ?? part.content.length, 22 + shift)
  fixed.writeUInt16LE(written.length, 26 + shift)
  fixed.writeUInt16LE(extra.length, 28 + shift)
  // The directory's fixed part is followed by name and extra, too; its offset field is filled in by the caller.
  return Buffer.concat([fixed, written, extra])
}

/** The record and the locator that make a file zip64, for one entry. */
function zip64(offset: number): readonly Buffer[] {
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeBigUInt64LE(1n, 24)
  record.writeBigUInt64LE(1n, 32)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(offset), 8)
  locator.writeUInt32LE(1, 16)
  return [record, locator]
}
