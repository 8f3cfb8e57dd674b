// src/report/notes/run.ts
const ENDED_EARLY = "The run was ended before it was finished; this is what it had.";
const CHECK_ENDED = {
	title: "Interrupted",
	summary: "The run was ended before it was finished, so it shows nothing."
};
const STILL_EXPLAINING = "Measuring has ended. The gate still looks for causes and for more work that a layout hides, which fails the check; the result will replace this text.";
const NOTHING_TO_SAY = "There is nothing to say and no comment to bring up to date.";
export { STILL_EXPLAINING as i, ENDED_EARLY as n, NOTHING_TO_SAY as r, CHECK_ENDED as t };
