// src/shell/runner/phases.ts
function openPhases(out, { now = () => performance.now() / 1e3, silent = false } = {}) {
	const start = now();
	const phases = [];
	let doing;
	let spoken = start;
	const say = (text) => {
		spoken = now();
		out.line(text);
	};
	const current = () => {
		const { what, since, limitSeconds } = doing ?? {
			what: phases.at(-1) ?? "",
			since: spoken
		};
		const left = limitSeconds === void 0 ? "" : `, at most ${duration(limitSeconds - (now() - since))} left`;
		return what === "" ? "" : `${what} (${duration(now() - since)} so far${left})`;
	};
	const beat = () => {
		if (!silent && now() - spoken >= 9) say(`still at it: ${current()}`);
	};
	return {
		now: current,
		spoke: () => {
			spoken = now();
		},
		doing: (what, limitSeconds) => {
			doing = {
				what,
				since: now(),
				...limitSeconds !== void 0 && { limitSeconds }
			};
		},
		group: async (title, work) => {
			const began = now();
			const outer = phases.length === 0;
			const timer = outer ? setInterval(beat, 1e3) : void 0;
			timer?.unref();
			if (outer) out.open(`${title} (after ${duration(began - start)})`);
			else say(`${title}:`);
			phases.push(title);
			doing = {
				what: title,
				since: began
			};
			try {
				return await work();
			} finally {
				phases.pop();
				doing = void 0;
				clearInterval(timer);
				say(`${title} took ${duration(now() - began)}`);
				if (outer) out.close();
			}
		}
	};
}
function duration(seconds) {
	const rounded = Math.round(Math.max(0, seconds));
	return rounded < 60 ? `${seconds < 9.95 ? Math.max(0, seconds).toFixed(1) : rounded} s` : `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}
export { openPhases as t };
