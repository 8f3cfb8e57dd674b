/** An ELF file that cannot be read: one sentence that names the part and says what to do. */
export class ElfError extends Error {
  override readonly name = 'ElfError'
}
