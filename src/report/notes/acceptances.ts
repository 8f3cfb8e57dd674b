/** What the readers of a pull request must know of what was accepted in it, and of what was not. */

/** Who set the label may not. */
export const setterMayNot = (label: string, by: string): string =>
  `The label \`${label}\` was set by \`${by}\`, who has no write access, so it accepts nothing.`

/** A program set the label, which answers for nothing. */
export const setterIsNobody = (label: string, by: string): string =>
  `The label \`${label}\` was set by the app \`${by}\`, so it accepts nothing; a person with write access must set it.`

/** The author accepts their own slowdown. */
export const authorAccepts = (author: string): string =>
  `\`${author}\`, who opened this pull request, has write access and accepts its slowdown.`

/** The label alone says nothing. */
export const nothingAccepted = (label: string): string =>
  `The label \`${label}\` is set, but no comment by a person with write access says what is accepted; write \`perf accept NAME=12%: reason\`.`

/** The description is no longer what the setter of the label saw. */
export const editedAfterLabel = (label: string, by: string): string =>
  `The description was edited after \`${by}\` set the label \`${label}\`, so it accepts nothing; take the label off and set it again.`

/** A comment is no longer its author's. */
export const editedByOther = (login: string, editor: string | undefined): string =>
  `The comment of \`${login}\` was edited by ${editor === undefined ? 'another person' : `\`${editor}\``}, so it accepts nothing; write a new one.`

/** More commits came in than are looked up. */
export const onlyNewestCommits = (most: number, all: number): string =>
  `Only the newest ${most} of ${all} commits were looked up for accepted slowdowns.`
