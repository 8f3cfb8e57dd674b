/** What is run though it may be neither executable nor linked: scripts, byte code, and archives of either, by its name. */
const CODE =
  /\.(?:[cm]?[jt]sx?|py[cdwioxz]?|pyz|pth|sh|bash|zsh|fish|pl|pm|rb|php|lua|luac|tcl|awk|r|jl|exs?|beam|jar|war|class|groovy|kts?|scala|clj|dll|exe|wasm|wat|el|elc|scm|rkt|lisp|fasl|hs|ml|nim|nu|ps1|bc|so|so\.[\d.]+|node)$/i

/** Whether a file's name says that something may run it. */
export function isCodeByName(path: string): boolean {
  return CODE.test(path)
}
