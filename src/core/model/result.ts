/** What a step gives, or why it gives nothing where that can be expected: a machine, a network and a pull request may fail us. */
export type Result<Value, Fault> = Success<Value> | Failure<Fault>

export interface Success<Value> {
  readonly ok: true
  readonly value: Value
}

export interface Failure<Fault> {
  readonly ok: false
  readonly fault: Fault
}

/** The result of a step that went well. */
export const success = <Value>(value: Value): Success<Value> => ({ ok: true, value })

/** The result of a step that did not, with what a reader should know. */
export const failed = <Fault>(fault: Fault): Failure<Fault> => ({ ok: false, fault })
