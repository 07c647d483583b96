import type { PostureCheck } from '@/api/types'
import { listed } from '@/lib/numbers'

type Checks = PostureCheck['checks']
type Systems = NonNullable<Checks['osVersionCheck']>
type Place = NonNullable<Checks['geoLocationCheck']>['locations'][number]
type Process = NonNullable<Checks['processCheck']>['processes'][number]

const isDenied = (action: string): boolean => action === 'deny'

/** Of the systems that NetBird has a check for, those that are not named fail; any other, such as FreeBSD, passes. */
function systems({ android, ios, darwin, linux, windows }: Systems): string {
  const known = [
    { system: 'Android', of: 'Android', least: android?.minVersion },
    { system: 'iOS', of: 'iOS', least: ios?.minVersion },
    { system: 'macOS', of: 'macOS', least: darwin?.minVersion },
    { system: 'Linux', of: 'Linux kernel', least: linux?.minKernelVersion },
    { system: 'Windows', of: 'Windows kernel', least: windows?.minKernelVersion },
  ]
  const passing = known.flatMap(({ of, least }) => (least === undefined ? [] : [`${of} ${least} or later`]))
  const failing = known.filter(({ least }) => least === undefined).map(({ system }) => system)
  return [
    ...(passing.length === 0 ? [] : [passing.join(', ')]),
    ...(failing.length === 0 ? [] : [`${listed(failing)} ${failing.length === 1 ? 'fails' : 'fail'}`]),
  ].join('; ')
}

const place = ({ countryCode, cityName }: Place): string => (cityName ? `${cityName} (${countryCode})` : countryCode)

/** A process has a path for each system that it is asked for on. */
const process = ({ linuxPath, macPath, windowsPath }: Process): string =>
  [
    ['Linux', linuxPath],
    ['macOS', macPath],
    ['Windows', windowsPath],
  ]
    .flatMap(([system, path]) => (path ? [`${path} on ${system}`] : []))
    .join(', ')

/** All that a posture check asks for, a line for each; its sentence names the first of many only. */
export function checksInWords({ nbVersionCheck, osVersionCheck, geoLocationCheck, peerNetworkRangeCheck, processCheck }: Checks): string[] {
  return [
    ...(nbVersionCheck ? [`NetBird ${nbVersionCheck.minVersion} or later`] : []),
    ...(osVersionCheck ? [systems(osVersionCheck)] : []),
    ...(geoLocationCheck ? [`${isDenied(geoLocationCheck.action) ? 'Does not connect from' : 'Connects from'} ${listed(geoLocationCheck.locations.map(place), 'or')}`] : []),
    ...(peerNetworkRangeCheck ? [`${isDenied(peerNetworkRangeCheck.action) ? 'Has no address' : 'Has an address'} in ${listed(peerNetworkRangeCheck.ranges, 'or')}`] : []),
    ...(processCheck?.processes ?? []).map((one) => `Runs ${process(one)}`),
  ]
}
