// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { pushCommand } from './PushCard'

test('a push says which account it is about only where there are several', () => {
  expect(pushCommand('https://platform.example', undefined)).toBe(
    `curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" https://platform.example/api/metrics \\\n  -d '{"metrics":[{"name":"backup.age","value":26.5,"unit":"h","tags":{"host":"db1"}}]}'`,
  )
  expect(pushCommand('https://platform.example', 'acc-hq')).toContain('"accountId":"acc-hq"')
})
