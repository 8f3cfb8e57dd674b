import { listed, quoted } from '../../core/text/text.ts'

/** What a reviewer must know of the table of benchmarks and of what a change does to it. */

/** Only one part of the table is measured here. */
export const partOfTable = (
  { index, of }: { readonly index: number; readonly of: number },
  rows: { readonly here: number; readonly all: number },
): string => `This is shard ${index} of ${of}: ${rows.here} of ${rows.all} benchmarks.`

/** What the base branch's configuration is today, against that of the merge base. */
export function configurationToday(file: string, branch: string, today: 'late' | 'gone' | 'changed'): string {
  const on = quoted(branch)
  switch (today) {
    case 'late':
      return `This branch starts from a commit without ${file}; that of ${on} as it is now was used.`
    case 'gone':
      return `${on} has no ${file} any more; the merge base's was used.`
    case 'changed':
      return `${file} has changed on ${on} since this branch left it: thresholds and policies are those of ${on}, commands those of the merge base. Rebase to gate with the newer table.`
  }
}

/** What a change does to the configuration file. */
export function configurationEdit(file: string, edit: 'new' | 'removed' | 'broken' | 'edited'): string {
  switch (edit) {
    case 'new':
      return `${file} is new in this change; it was used as it stands, because the base has none.`
    case 'removed':
      return `This change removes ${file}; the base's version was used.`
    case 'broken':
      return `This change edits ${file} into something that is no valid configuration; the base's version was used.`
    case 'edited':
      return `This change edits ${file}; the base's version was used, and the edit takes effect once it is merged.`
  }
}

/** One difference of the edited configuration; `what` is a clause. */
export const itsDifference = (what: string): string => `It ${what}.`

/** Benchmarks that the change takes out of the table. */
export const removedAreMeasured = (names: readonly string[]): string =>
  `What it removes is measured all the same, with base's command on both sides: ${listed(names.map(quoted), 10)}.`

/** The change edits the workflow by which it is judged. */
export const editedWorkflow = (path: string): string =>
  `This change edits ${quoted(path)}, the workflow that runs this gate, and was judged by its version: review the gate's inputs there.`

/** git did not say whether the workflow was edited. */
export const workflowUnknown = (files: readonly string[]): string =>
  `Whether this change edits ${files.map(quoted).join(' or ')} could not be found out.`

const NAMED = 3

/** Files or patterns by name; of many the first few. */
export const namedFiles = (paths: readonly string[]): string => listed(paths.map(quoted), NAMED)

/** `paths` spares no benchmark, because of the files that the change edits, or because they are not known. */
export const pathsIgnored = (edited: readonly string[] | undefined): string =>
  `All benchmarks are measured whatever paths says, because ${edited === undefined ? 'the changed files could not be listed' : `this change edits ${namedFiles(edited)}`}.`

/** `paths` names what is not there. */
export const pathsNameNothing = (empty: readonly string[], then: 'measured' | 'searched'): string =>
  `paths names ${namedFiles(empty)}, which is no file of base or head; ${then === 'measured' ? 'its benchmarks are measured' : 'all commits are searched'}. Correct it.`

/** The configuration of `size` names what is not there. */
export const sizeNamesNothing = (benchmark: string, pattern: string): string =>
  `size of ${benchmark} names ${quoted(pattern)}, which neither side has after its build.`

/** A row of head was paired with a row of base by its machine code. */
export const renamedRow = (
  command: string,
  { old, name }: { readonly old: string; readonly name: string },
): string =>
  `The row ${quoted(old)} of ${quoted(command)} is called ${quoted(name)} in head. Its function is the same machine code on both sides, so the two were compared as one row, by base's name.`

/** Rows that come and go together, with nothing that pairs them. */
export function unpairedRows(
  command: string,
  { gone, added }: { readonly gone: readonly string[]; readonly added: readonly string[] },
): string {
  const some = (names: readonly string[]) => listed(names.map(quoted).slice(0, 5))
  const are = (names: readonly string[]) => (names.length === 1 ? 'is' : 'are')
  return `${some(gone)} of ${quoted(command)} ${are(gone)} gone, and ${some(added)} ${are(added)} new. If one was renamed, nothing compared it: their functions are not shown to be the same code.`
}

/** Uncommitted work that is not looked at; `done` is what happens to the commit. */
export const notInTheCommit = (done: 'measured' | 'listed'): string =>
  `The work tree has uncommitted changes, which were not ${done}; name them with --head worktree.`

/** Untracked files that are not looked at. */
export const untrackedLeftOut = (count: number, done: 'measured' | 'listed'): string =>
  `${count === 1 ? 'One untracked file or folder is' : `${count} untracked files or folders are`} not in what was ${done}; git add what belongs to it, or give --untracked.`
