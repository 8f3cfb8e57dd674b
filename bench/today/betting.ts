/**
 * The wealth of a gambler who starts with 1 and bets, round by round, that a coin falls to one side. If the coin is fair or leans the
 * other way, the game is against the gambler, so large wealth is evidence: it ever reaches W with a probability of at most 1/W, however
 * long one looks (Ville 1939; Shafer 2021; Waudby-Smith and Ramdas 2024). Wealth is handled as its natural logarithm.
 */

/** The mixed bets: stakes on the chance p of winning, with density proportional to p^(SHARPNESS − 1) between 1/2 and 1. */
const SHARPNESS = 8

/**
 * Log wealth after so many rounds won and lost, for the mixture of all bets; rounds that were neither do not change it. A bet on p
 * multiplies the wealth by 2p or by 2(1 − p), and the mixture over p has a closed form: a ratio of Beta functions truncated to p ≥ 1/2.
 */
export function logWealth(won: number, lost: number): number {
  const mixture = logBeta(SHARPNESS + won, 1 + lost) + logFairAtLeast(1 + lost, SHARPNESS + won + lost)
  const prior = logBeta(SHARPNESS, 1) + logFairAtLeast(1, SHARPNESS)
  return (won + lost) * Math.LN2 + mixture - prior
}

/** The fewest rounds after which the log wealth can reach a level: all of them won. */
export function fewestRounds(logLevel: number): number {
  let rounds = 0
  while (logWealth(rounds, 0) < logLevel) rounds++
  return rounds
}

/** ln B(a, b) for whole numbers. */
function logBeta(a: number, b: number): number {
  return logFactorial(a - 1) + logFactorial(b - 1) - logFactorial(a + b - 1)
}

/** ln P(X ≥ heads) for X heads in so many tosses of a fair coin: what a Beta integral has above 1/2, for whole numbers. */
function logFairAtLeast(heads: number, tosses: number): number {
  if (2 * heads <= tosses) return Math.log1p(-Math.exp(logFairAtLeast(tosses - heads + 1, tosses)))
  const logFirst = logFactorial(tosses) - logFactorial(heads) - logFactorial(tosses - heads)
  let term = 1
  let sum = 1
  for (let count = heads; term > sum * Number.EPSILON; count++) {
    term *= (tosses - count) / (count + 1)
    sum += term
  }
  return logFirst - tosses * Math.LN2 + Math.log(sum)
}

const logFactorials = [0]
function logFactorial(n: number): number {
  for (let at = logFactorials.length; at <= n; at++) logFactorials.push(logFactorials[at - 1]! + Math.log(at))
  return logFactorials[n]!
}
