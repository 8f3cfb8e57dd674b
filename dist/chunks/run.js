// src/report/notes/run.ts
const ENDED_EARLY = "The run was ended before it was finished; this is what it had.";
const CHECK_ENDED = {
	title: "Ended before its end",
	summary: "The run was ended before it was finished, so nothing was shown."
};
const STILL_EXPLAINING = "The measuring is done. The causes are still being looked for, and whether a layout hides more work, which fails the check; what is found will replace this text.";
const NOTHING_TO_SAY = "There is nothing to say and no comment to bring up to date.";
export { STILL_EXPLAINING as i, ENDED_EARLY as n, NOTHING_TO_SAY as r, CHECK_ENDED as t };
