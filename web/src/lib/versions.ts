/** Compares dotted versions number by number; what is not a number counts as zero. */
export function compareVersions(one: string, other: string): number {
  const left = one.split(/[.-]/)
  const right = other.split(/[.-]/)
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (Number(left[index]) || 0) - (Number(right[index]) || 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The newest of the released versions; development builds say nothing about what is current. */
export function newestVersion(versions: readonly string[]): string | undefined {
  return versions.filter((version) => /^\d+\.\d+/.test(version)).reduce<string | undefined>(
    (newest, version) => (newest === undefined || compareVersions(version, newest) > 0 ? version : newest),
    undefined,
  )
}

export function isBehind(version: string, newest: string | undefined): boolean {
  return newest !== undefined && /^\d+\.\d+/.test(version) && compareVersions(version, newest) < 0
}
