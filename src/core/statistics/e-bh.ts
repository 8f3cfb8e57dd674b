/**
 * Which claims of a table may be made when the expected share of wrong ones among those made must not exceed alpha: the e-BH procedure
 * (Wang and Ramdas 2022), on log e-values in the order of the table. It holds under any dependence between the rows. A row that could
 * not be tested has the log e-value −∞ and still counts as a row.
 */
export function eBenjaminiHochberg(logEvidence: readonly number[], alpha: number): readonly boolean[] {
  const descending = logEvidence.toSorted((a, b) => b - a)
  const rows = logEvidence.length
  const stands = (claims: number) => descending[claims - 1]! >= Math.log(rows / (alpha * claims))
  let claims = rows
  while (claims > 0 && !stands(claims)) claims--
  return logEvidence.map(evidence => claims > 0 && evidence >= Math.log(rows / (alpha * claims)))
}
