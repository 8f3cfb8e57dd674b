import type * as fs from 'node:fs'
import type { Result } from '../../core/model/result.ts'
import type { HostEvent } from '../../core/tuning/protocol.ts'

/** The calls on files that the host process makes; tests pass one that fails or dies at a chosen call. */
export type FileSystem = Pick<
  typeof fs,
  | 'closeSync'
  | 'existsSync'
  | 'fchmodSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmdirSync'
  | 'statSync'
  | 'unlinkSync'
  | 'writeSync'
>

/** What a file holds, or the code of the error (`EACCES`). */
export type FileText = Result<string, string>

/** Files of the kernel by their absolute paths. */
export interface SettingsPort {
  /** The files that a pattern of the knob table matches, in the order of their numbers. */
  expand(pattern: string): readonly string[]
  read(path: string): FileText
  /** Writes one value in one write; returns the code of the error, if any. */
  write(path: string, value: string): string | undefined
  /** Reads the four-byte number of a device. */
  readDevice(path: string): FileText
  /** Opens a device, writes a four-byte number and keeps it open until this process ends; returns the code of the error, if any. */
  holdDevice(path: string, value: number): string | undefined
}

export type ServiceState = 'active' | 'inactive' | 'masked' | 'absent'

export interface ServicePort {
  state(name: string): ServiceState
  /** Returns why it did not work, if it did not. */
  stop(name: string): string | undefined
  start(name: string): string | undefined
}

/** Groups of processes (cgroup v2) with CPUs to themselves. */
export interface GroupPort {
  /** The CPUs of the group, or `absent`; undefined where there are no groups. */
  state(path: string): string | undefined
  /** Makes the group an isolated partition of the CPUs; returns why it did not work, and then there is none. */
  make(path: string, cpus: string): string | undefined
  /** Whether it still has its CPUs to itself: whoever else divides them ends that without a word. */
  isWhole(path: string): boolean
  /** Ends every process in the group and removes it; returns why it did not work, if it did not. */
  remove(path: string): string | undefined
}

/** What the kernel lets a process give its children. */
export type Right = 'nice' | 'real-time'

/** The process that asked for the hold, as far as it can be lent rights: they end with it in any case. */
export interface ClientPort {
  /** Its own nice value or real-time priority, which its children inherit; undefined when it is gone. */
  value(right: Right): string | undefined
  /** Lets it start programs of this nice value or real-time priority; returns why not. */
  lend(right: Right, value: number): string | undefined
  /** Whether it is root's, and so may move its children into a group. */
  isRoot(): boolean
  /** Takes back what was lent. */
  takeBack(): void
}

/** The one journal of this machine. */
export interface JournalPort {
  /** The text, undefined where there is none, or why the file that is there is not to be trusted. */
  load(): Result<string | undefined, string>
  /** Durable when it returns; returns the reason when it could not be written, and then no journal is there. */
  save(text: string): string | undefined
  /** Durably removes it; returns the reason when it could not be removed. */
  clear(): string | undefined
  readonly path: string
}

export type LockOutcome =
  | { readonly kind: 'held' }
  | { readonly kind: 'busy'; readonly holder: string }
  | { readonly kind: 'unavailable'; readonly why: string }

/** The machine-wide lock; the kernel frees it when this process ends, however it ends. */
export interface LockPort {
  /** Takes the lock if it is free. */
  tryTake(): LockOutcome
  /** Waits for the lock until the signal aborts; `busy` when it was aborted. */
  take(until: AbortSignal): Promise<LockOutcome>
  /** Who took it last and is still alive, in words. */
  holder(): string | undefined
  /** Takes our name away; the lock itself goes with the process. */
  leave(): void
}

/** The conversation with the process that asked for the hold. */
export interface ControlPort {
  /** Writes one line of JSON; a reader that went away is no error. */
  emit(event: HostEvent): void
  /** Aborts when standard input closes or a signal asks to end. */
  readonly released: AbortSignal
}

/** Everything that the host process touches. */
export interface HostPorts {
  readonly settings: SettingsPort
  readonly services: ServicePort
  readonly groups: GroupPort
  readonly client: ClientPort
  readonly journal: JournalPort
  readonly lock: LockPort
  readonly control: ControlPort
  /** Keeps this process off the CPUs of the benchmark and out of the way of the out-of-memory killer. */
  standAside(others: string): void
  /** Blocks for so many milliseconds. */
  pause(milliseconds: number): void
  /** Wall-clock time as ISO 8601. */
  date(): string
  readonly pid: number
  /** Whether this process may change settings at all: root, on the real root folder. */
  readonly privileged: boolean
}
