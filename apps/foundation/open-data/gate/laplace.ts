import { randomBytes } from 'node:crypto';

/** A uniform number in (0, 1) from the system's randomness: noise that could be foretold protects nobody. */
export function uniform(): number {
  return (Number(randomBytes(7).readUIntBE(0, 6)) + 0.5) / 2 ** 48;
}

/**
 * Laplace noise for counts (拉普拉斯噪声): one person changes one count by one, so the scale is 1/ε. Rounded, never below zero; the same for
 * every reader, because it is drawn once and published.
 */
export function noisyCount(count: number, epsilon: number, draw: () => number = uniform): number {
  const u = draw() - 0.5;
  const noise = (-Math.sign(u) * Math.log(1 - 2 * Math.abs(u))) / epsilon;
  return Math.max(0, Math.round(count + noise));
}
