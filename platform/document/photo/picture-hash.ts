/**
 * The picture's hash (图像指纹): 64 signs, whether each of eight by eight points is brighter than its neighbour to the right (difference
 * hash). Pictures of the same thing that were made smaller, lighter or packed again differ in few signs; it proves nothing about truth.
 *
 * @param grey nine by eight brightnesses, row by row
 */
export function pictureHash(grey: Uint8Array): string {
  let hash = 0n;
  for (let row = 0; row < 8; row++)
    for (let column = 0; column < 8; column++) {
      const at = row * 9 + column;
      hash = (hash << 1n) | ((grey[at] ?? 0) > (grey[at + 1] ?? 0) ? 1n : 0n);
    }
  return hash.toString(16).padStart(16, '0');
}

/** In how many signs two hashes differ, 0 to 64. */
export function hashDistance(a: string, b: string): number {
  let left = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let distance = 0;
  for (; left > 0n; left &= left - 1n) distance++;
  return distance;
}
