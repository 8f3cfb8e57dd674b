/**
 * The filter of system calls that jobs run under, as a program for the kernel's seccomp (seccomp(2), "SECCOMP_SET_MODE_FILTER"; the machine is that
 * of McCanne and Jacobson, "The BSD Packet Filter", 1993). It refuses what no build and no benchmark needs and what has led out of containers
 * before: keys, BPF, mounts, new namespaces, modules, clocks, VM sockets, sockets bound to a device, and io_uring, which could make such sockets past the filter.
 */
export function systemCallFilter(machine: string): Uint8Array | undefined {
  const tables = TABLES[machine]
  if (tables === undefined) return undefined
  const blocks = tables.map(block)
  return encoded([load(ARCH), ...blocks.flat(), refuse(ENOSYS)])
}

/** Call numbers of one kind of program, by name (the kernel's syscall tables). */
interface CallTable {
  /** `AUDIT_ARCH_*` of linux/audit.h. */
  readonly arch: number
  /** Calls that are refused whatever their arguments. */
  readonly refused: readonly number[]
  /** Calls that a program does without when the kernel answers that they do not exist. */
  readonly missing: readonly number[]
  readonly clone: number
  readonly unshare: number
  readonly socket: number
  readonly ioctl: number
  readonly setsockopt: number
  /** Calls from this number on are another table's, and refused. */
  readonly end?: number
}

/** Calls that have the same number everywhere: open_tree to fspick, mount_setattr, quotactl_fd, open_tree_attr. */
const NEW_CALLS = [428, 429, 430, 431, 432, 433, 442, 443, 467]
/** clone3, whose flags a filter cannot see, and io_uring_setup. */
const NEW_MISSING = [435, 425]

const X86_64: CallTable = {
  arch: 0xc000003e,
  // add_key request_key keyctl bpf mount umount2 pivot_root setns init_module finit_module delete_module kexec_load kexec_file_load reboot swapon
  // swapoff acct settimeofday clock_settime iopl ioperm open_by_handle_at quotactl syslog vhangup fanotify_init nfsservctl uselib
  refused: [
    ...[248, 249, 250, 321, 165, 166, 155, 308, 175, 313, 176, 246, 320, 169, 167],
    ...[168, 163, 164, 227, 172, 173, 304, 179, 103, 153, 300, 180, 134],
    ...NEW_CALLS,
  ],
  missing: NEW_MISSING,
  clone: 56,
  unshare: 272,
  socket: 41,
  ioctl: 16,
  setsockopt: 54,
  end: 0x40000000,
}

const I386: CallTable = {
  arch: 0x40000003,
  // As above; socketcall (102) hides what kind of socket is asked for.
  refused: [
    ...[286, 287, 288, 357, 21, 22, 52, 217, 346, 128, 350, 129, 283, 88, 87, 115, 51, 79, 264, 404],
    ...[110, 101, 342, 131, 103, 111, 338, 169, 86, 102],
    ...NEW_CALLS,
  ],
  missing: NEW_MISSING,
  clone: 120,
  unshare: 310,
  socket: 359,
  ioctl: 54,
  setsockopt: 366,
}

const AARCH64: CallTable = {
  arch: 0xc00000b7,
  refused: [
    ...[217, 218, 219, 280, 40, 39, 41, 268, 105, 273, 106, 104, 294, 142, 224],
    ...[225, 89, 170, 112, 265, 60, 116, 58, 262, 42],
    ...NEW_CALLS,
  ],
  missing: NEW_MISSING,
  clone: 220,
  unshare: 97,
  socket: 198,
  ioctl: 29,
  setsockopt: 208,
}

/** By the names that node has for machines. */
const TABLES: Readonly<Record<string, readonly CallTable[]>> = { x64: [X86_64, I386], arm64: [AARCH64] }

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET (linux/sched.h). */
const NEW_NAMESPACES = 0x7e020000
/** unshare(2) takes CLONE_NEWTIME too; in clone(2) that bit belongs to the signal. */
const NEW_TIME = 0x80
const AF_VSOCK = 40
/** Characters pushed into a terminal are read by whoever sits there. */
const TERMINAL_REQUESTS = [0x5412, 0x541c]

/** A socket bound to a device takes an address for a neighbour's where no route leads there, and so gets around rules of routing (socket(7)). */
const SOL_SOCKET = 1
const SO_BINDTODEVICE = 25
const SO_BINDTOIFINDEX = 62

const EPERM = 1
const ENOSYS = 38
/** Offsets in `struct seccomp_data`. */
const NUMBER = 0
const ARCH = 4
const ARGUMENTS = [16, 24, 32]

interface Instruction {
  readonly code: number
  readonly jumpTrue: number
  readonly jumpFalse: number
  readonly k: number
}

const instruction = (code: number, k: number, jumpTrue = 0, jumpFalse = 0): Instruction => ({
  code,
  jumpTrue,
  jumpFalse,
  k,
})
/** BPF_LD | BPF_W | BPF_ABS and so on, of linux/bpf_common.h. */
const load = (offset: number) => instruction(0x20, offset)
const jump = (over: number) => instruction(0x05, over)
const ifEqual = (k: number, jumpTrue: number, jumpFalse: number) => instruction(0x15, k, jumpTrue, jumpFalse)
const ifAtLeast = (k: number, jumpTrue: number, jumpFalse: number) =>
  instruction(0x35, k, jumpTrue, jumpFalse)
const ifAnySet = (k: number, jumpTrue: number, jumpFalse: number) => instruction(0x45, k, jumpTrue, jumpFalse)
const allow = instruction(0x06, 0x7fff0000)
const refuse = (errno: number) => instruction(0x06, 0x00050000 | errno)

/** What is done for one kind of program; every other kind jumps over it. */
function block(table: CallTable): readonly Instruction[] {
  const { clone, unshare, socket, ioctl, setsockopt, end } = table
  const body = [
    load(NUMBER),
    ...(end === undefined ? [] : [ifAtLeast(end, 0, 1), refuse(ENOSYS)]),
    ...table.refused.flatMap(call => [ifEqual(call, 0, 1), refuse(EPERM)]),
    ...table.missing.flatMap(call => [ifEqual(call, 0, 1), refuse(ENOSYS)]),
    ...byArgument(clone, 0, [ifAnySet(NEW_NAMESPACES, 0, 1)]),
    ...byArgument(unshare, 0, [ifAnySet(NEW_NAMESPACES | NEW_TIME, 0, 1)]),
    ...byArgument(socket, 0, [ifEqual(AF_VSOCK, 0, 1)]),
    ...byArgument(
      ioctl,
      1,
      TERMINAL_REQUESTS.map(request => ifEqual(request, 0, 1)),
    ),
    ...bindingToDevices(setsockopt),
    allow,
  ]
  return [ifEqual(table.arch, 1, 0), jump(body.length), ...body]
}

/** Refuses a call when one of the tests of an argument's lower half holds, and allows it otherwise. */
function byArgument(call: number, argument: number, tests: readonly Instruction[]): readonly Instruction[] {
  const body = [load(ARGUMENTS[argument]!), ...tests.flatMap(each => [each, refuse(EPERM)]), allow]
  return [ifEqual(call, 0, body.length), ...body]
}

function bindingToDevices(setsockopt: number): readonly Instruction[] {
  const options = [SO_BINDTODEVICE, SO_BINDTOIFINDEX].flatMap(option => [
    ifEqual(option, 0, 1),
    refuse(EPERM),
  ])
  const level = [load(ARGUMENTS[1]!), ifEqual(SOL_SOCKET, 1, 0), allow]
  const body = [...level, load(ARGUMENTS[2]!), ...options, allow]
  return [ifEqual(setsockopt, 0, body.length), ...body]
}

/** As an array of `struct sock_filter`; both machines are little-endian. */
function encoded(program: readonly Instruction[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(program.length * 8))
  for (const [index, { code, jumpTrue, jumpFalse, k }] of program.entries()) {
    bytes.setUint16(index * 8, code, true)
    bytes.setUint8(index * 8 + 2, jumpTrue)
    bytes.setUint8(index * 8 + 3, jumpFalse)
    bytes.setUint32(index * 8 + 4, k >>> 0, true)
  }
  return new Uint8Array(bytes.buffer)
}
