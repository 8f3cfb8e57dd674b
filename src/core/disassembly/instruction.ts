/** How control leaves an instruction. */
export type Flow =
  | 'next'
  | 'padding'
  | 'jump'
  | 'branch'
  | 'call'
  | 'return'
  | 'indirect-jump'
  | 'indirect-call'
  | 'stop'

/** A field of an instruction whose value depends on where code or data is. */
export interface AddressField {
  /** `code`: where a jump or call goes; `data`: a pc-relative operand; `absolute`: a number that may be an address. */
  readonly kind: 'code' | 'data' | 'absolute'
  /** The address named; for `absolute` the number as it stands. */
  readonly target: number
  /** Bytes that are read or written there; 0 where only the address is taken or where it is not known. */
  readonly width: number
}

/** One machine instruction, as far as placement needs it. */
export interface Instruction {
  readonly address: number
  readonly length: number
  readonly flow: Flow
  /** Calls, returns, jumps, moves and stack work: what a lost inlining adds, as opposed to computing. */
  readonly bookkeeping: boolean
  /** Whether the processor may decode it and a conditional jump behind it as one (comparing and simple arithmetic on x86). */
  readonly fuses: boolean
  /** A digest of the instruction with every address field blanked: equal shapes do the same to what their fields name. */
  readonly shape: number
  readonly fields: readonly AddressField[]
}

/** Where an instruction stands: the bytes (also as a view of their fields), an offset into them, and the virtual address of that offset. */
export interface CodePoint {
  readonly bytes: Uint8Array
  readonly fields: DataView
  readonly at: number
  readonly address: number
}

/** Puts bytes into view for decoding. */
export function codeOf(bytes: Uint8Array): Pick<CodePoint, 'bytes' | 'fields'> {
  return { bytes, fields: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
}
