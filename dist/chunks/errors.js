// src/core/model/errors.ts
var InputError = class extends Error {
	name = "InputError";
	faults;
	constructor(faults) {
		super(faults.join("\n"));
		this.faults = faults;
	}
};
var CommandError = class extends Error {
	name = "CommandError";
	failure;
	constructor(failure) {
		const hint = failure.hint === void 0 ? "" : `. ${failure.hint.replace(/\.$/, "")}`;
		super(`${failure.what} ${failure.ended}: ${failure.command}${hint}`);
		this.failure = failure;
	}
};
var RunFault = class extends Error {
	name = "RunFault";
};
export { InputError as n, RunFault as r, CommandError as t };
