import { expect, test } from 'vitest'
import { checksInWords } from './checks'

test('a check that asks for everything says each part whole', () => {
  expect(
    checksInWords({
      nbVersionCheck: { minVersion: '0.60.0' },
      osVersionCheck: { android: { minVersion: '13' }, linux: { minKernelVersion: '5.0' } },
      geoLocationCheck: { action: 'allow', locations: [{ countryCode: 'DE' }, { countryCode: 'FR', cityName: 'Lyon' }] },
      peerNetworkRangeCheck: { action: 'deny', ranges: ['192.168.0.0/16', '10.0.0.0/8'] },
      processCheck: { processes: [{ linuxPath: '/usr/bin/agent', windowsPath: 'C:\\agent.exe' }, { macPath: '/opt/agent' }] },
    }),
  ).toEqual([
    'NetBird 0.60.0 or later',
    'Android 13 or later, Linux kernel 5.0 or later; iOS, macOS and Windows fail',
    'Connects from DE or Lyon (FR)',
    'Has no address in 192.168.0.0/16 or 10.0.0.0/8',
    'Runs /usr/bin/agent on Linux, C:\\agent.exe on Windows',
    'Runs /opt/agent on macOS',
  ])
})

test('a denied place and an allowed range', () => {
  expect(checksInWords({ geoLocationCheck: { action: 'deny', locations: [{ countryCode: 'XX' }] }, peerNetworkRangeCheck: { action: 'allow', ranges: ['10.0.0.0/8'] } })).toEqual([
    'Does not connect from XX',
    'Has an address in 10.0.0.0/8',
  ])
})

test('a system that is not named fails', () => {
  const all = { android: { minVersion: '13' }, ios: { minVersion: '17' }, darwin: { minVersion: '14' }, linux: { minKernelVersion: '5' }, windows: { minKernelVersion: '10' } }
  expect(checksInWords({ osVersionCheck: all })).toEqual(['Android 13 or later, iOS 17 or later, macOS 14 or later, Linux kernel 5 or later, Windows kernel 10 or later'])
  const { ios: _, ...allButOne } = all
  expect(checksInWords({ osVersionCheck: allButOne })).toEqual(['Android 13 or later, macOS 14 or later, Linux kernel 5 or later, Windows kernel 10 or later; iOS fails'])
  expect(checksInWords({ osVersionCheck: {} })).toEqual(['Android, iOS, macOS, Linux and Windows fail'])
  expect(checksInWords({})).toEqual([])
})
