import type { PostureCheck } from '@/api/types'
import { listed } from '@/lib/numbers'

type Checks = PostureCheck['checks']
type Systems = NonNullable<Checks['osVersionCheck']>
type Place = NonNullable<Checks['geoLocationCheck']>['locations'][number]
type Process = NonNullable<Checks['processCheck']>['processes'][number]

const isDenied = (action: string): boolean => action === 'deny'

function systems({ android, ios, darwin, linux, windows }: Systems): string {
  const least = [
    ['Android', android?.minVersion],
    ['iOS', ios?.minVersion],
    ['macOS', darwin?.minVersion],
    ['Linux kernel', linux?.minKernelVersion],
    ['Windows kernel', windows?.minKernelVersion],
  ].flatMap(([system, version]) => (version === undefined ? [] : [`${system} ${version} or later`]))
  return least.length === 0 ? 'No operating system' : `${least.join(', ')}${least.length < 5 ? '; no other system' : ''}`
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
