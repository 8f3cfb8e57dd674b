/** An instruction of a hot function on one side. */
export interface InstructionCell {
  /** Link-time virtual address. */
  readonly address: number
  /** Instructions that ran there, or samples that fell there. */
  readonly count: number
  readonly icacheMisses?: number
  /** The machine code in hexadecimal, a space between bytes. */
  readonly bytes: string
  /** The same as an assembler writes it, where a disassembler was at hand. */
  readonly text?: string
  /** The line of source that it is from. */
  readonly line?: number
}

/** The same instruction on both sides, or one that only one side has. */
export interface InstructionRow {
  readonly base?: InstructionCell
  readonly head?: InstructionCell
  /** Rows that were left out before this one, because next to nothing was counted there. */
  readonly skipped?: number
}

export interface SourceCell {
  readonly line: number
  /** What was counted on it in this function. */
  readonly count: number
  /** Absent where the file could not be read. */
  readonly text?: string
}

export interface SourceRow {
  readonly base?: SourceCell
  readonly head?: SourceCell
  readonly skipped?: number
}

/** Lines of one source file that a function's code is from, on both sides. */
export interface SourceFile {
  readonly file: string
  readonly rows: readonly SourceRow[]
}

/** A hot function's source and machine code, both sides next to each other. */
export interface AnnotatedCode {
  readonly symbol: string
  readonly object: string
  readonly machine: 'x86-64' | 'aarch64' | 'other'
  /** Link-time addresses of the function on base and head. */
  readonly from?: number
  readonly to?: number
  readonly instructions: readonly InstructionRow[]
  readonly sources: readonly SourceFile[]
}
