/** Which jobs have the machine's network; the others have a loopback of their own. */
export type NetworkUse = 'builds' | 'none' | 'all'
