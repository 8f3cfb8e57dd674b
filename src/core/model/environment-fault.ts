const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space, or name another folder with TMPDIR',
  EDQUOT: 'the disk quota is used up; free some space, or name another folder with TMPDIR',
  EROFS: 'the file system is read-only; name another folder with TMPDIR',
  EMFILE: 'this process may open no more files; raise the limit of open files (ulimit -n)',
  ENFILE: 'the machine may open no more files; end what holds them',
  EAGAIN: 'no further process may be started; raise the limit of processes (ulimit -u)',
  EIO: 'the disk or its controller failed; see the log of the kernel',
  ESTALE: 'the network file system lost it; name a folder on a local disk with TMPDIR',
}

/** What is wrong with the machine rather than with the gate, in a sentence, where an error of the system says so. */
export function environmentFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, path, syscall } = error as Error & Partial<Record<'code' | 'path' | 'syscall', unknown>>
  if (code === 'ENOENT' && typeof syscall === 'string' && syscall.startsWith('spawn '))
    return `${syscall.slice(6)} is not installed, or PATH does not name its folder; install it (perf-verdict doctor lists what is needed).`
  if (typeof code !== 'string' || !Object.hasOwn(WORDS, code)) return undefined
  const where =
    typeof path === 'string' ? `${path} could not be written or read` : 'A file could not be written or read'
  return `${where}: ${WORDS[code]}.`
}
