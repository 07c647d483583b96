import type { PostureCheck } from '@/api/types'
import { texts } from './texts'

type Checks = PostureCheck['checks']
type Systems = NonNullable<Checks['osVersionCheck']>
type Place = NonNullable<Checks['geoLocationCheck']>['locations'][number]
type Process = NonNullable<Checks['processCheck']>['processes'][number]

const isDenied = (action: string): boolean => action === 'deny'

/** Of the systems that NetBird has a check for, those that are not named fail; any other, such as FreeBSD, passes. */
function systems({ android, ios, darwin, linux, windows }: Systems): string {
  const known = [
    { system: 'android', least: android?.minVersion },
    { system: 'ios', least: ios?.minVersion },
    { system: 'darwin', least: darwin?.minVersion },
    { system: 'linux', least: linux?.minKernelVersion },
    { system: 'windows', least: windows?.minKernelVersion },
  ] as const
  const passing = known.flatMap(({ system, least }) => (least === undefined ? [] : [texts.checks.orLater({ of: texts.checks.versionOf[system], version: least })]))
  const failing = known.filter(({ least }) => least === undefined).map(({ system }) => texts.checks.systems[system])
  return texts.checks.allOf([...(passing.length === 0 ? [] : [passing.join(', ')]), ...(failing.length === 0 ? [] : [texts.checks.fail({ systems: failing })])])
}

const place = ({ countryCode, cityName }: Place): string => (cityName ? texts.checks.city({ city: cityName, country: countryCode }) : countryCode)

/** A process has a path for each system that it is asked for on. */
const process = ({ linuxPath, macPath, windowsPath }: Process): string =>
  (
    [
      ['linux', linuxPath],
      ['darwin', macPath],
      ['windows', windowsPath],
    ] as const
  )
    .flatMap(([system, path]) => (path ? [texts.checks.onSystem({ path, system: texts.checks.systems[system] })] : []))
    .join(', ')

/** All that a posture check asks for, a line for each; its sentence names the first of many only. */
export function checksInWords({ nbVersionCheck, osVersionCheck, geoLocationCheck, peerNetworkRangeCheck, processCheck }: Checks): string[] {
  return [
    ...(nbVersionCheck ? [texts.checks.netbird({ version: nbVersionCheck.minVersion })] : []),
    ...(osVersionCheck ? [systems(osVersionCheck)] : []),
    ...(geoLocationCheck ? [(isDenied(geoLocationCheck.action) ? texts.checks.connectsNotFrom : texts.checks.connectsFrom)({ places: geoLocationCheck.locations.map(place) })] : []),
    ...(peerNetworkRangeCheck ? [(isDenied(peerNetworkRangeCheck.action) ? texts.checks.hasNoAddress : texts.checks.hasAddress)({ ranges: peerNetworkRangeCheck.ranges })] : []),
    ...(processCheck?.processes ?? []).map((one) => texts.checks.runs({ process: process(one) })),
  ]
}
