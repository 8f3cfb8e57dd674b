/** An archive in the "newc" format, as the kernel unpacks it (Documentation/driver-api/early-userspace/buffer-format). */
export function cpioArchive(entries) {
  const parts = [...entries, { path: 'TRAILER!!!', mode: 0, content: Buffer.alloc(0) }].map(
    ({ path, mode, content }, index) => {
      const name = Buffer.from(`${path}\0`)
      const fields = [index + 1, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0]
      const header = `070701${fields.map(field => field.toString(16).padStart(8, '0')).join('')}`
      return [padded(Buffer.concat([Buffer.from(header), name])), padded(content)]
    },
  )
  return Buffer.concat(parts.flat())
}

export const folderEntry = path => ({ path, mode: 0o040755, content: Buffer.alloc(0) })
export const programEntry = (path, content) => ({ path, mode: 0o100755, content: Buffer.from(content) })

const padded = bytes => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
