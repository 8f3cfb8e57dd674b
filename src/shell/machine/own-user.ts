import { userInfo } from 'node:os'

/** The name of the user that this process runs as; a container may run as a number that has none. */
export function ownUserName(): string {
  try {
    return userInfo().username
  } catch {
    return `user-${process.getuid?.() ?? 'unknown'}`
  }
}
