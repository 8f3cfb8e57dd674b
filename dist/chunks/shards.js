import { t as counted } from "./text.js";
// src/report/notes/shards.ts
const shardName = ({ shard }) => `Shard ${shard?.index ?? "?"} of ${shard?.of ?? "?"}`;
const ofEarlierAttempt = (report, attempt) => `${shardName(report)} was measured in attempt ${report.run?.attempt ?? 1}, and this is attempt ${attempt}.`;
const shardMissing = (shard) => `${shardName({ shard })} left no report, so its benchmarks are not judged; look at its job.`;
const ofShard = (report, what) => `${shardName(report)}: ${what}`;
const unfoundedVerdict = (report, verdict) => `${shardName(report)} says ${verdict}, and none of its rows says why; look at its job.`;
const unexplainedEnd = (ended) => `The jobs of the shards ended as ${ended}, and none of their reports says why, so at least one report is not what its job came to; look at the jobs.`;
const fileLeftOut = (path, why) => `${path} was left out: ${why}`;
const joinedByMerge = (shard, rows) => `This is shard ${shard.index} of ${shard.of}, with ${counted(rows, "benchmark")}. The job with \`command: merge\` joins the shards, and writes the comment and the check.`;
export { shardMissing as a, unfoundedVerdict as c, ofShard as i, joinedByMerge as n, shardName as o, ofEarlierAttempt as r, unexplainedEnd as s, fileLeftOut as t };
