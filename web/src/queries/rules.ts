import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { AlertRule, ApplyRuleTemplates, CreateAlertRule, RotateSigningSecret, RulesDocument, TestAlertRule, TestedChannel, TestRuleHistory, UpdateAlertRule } from '@/api/types'
import { every, outdate, REFRESH_MS, STALE } from './client'
import { keys } from './keys'

/** Tells of accounts that cannot be read. It is in no list, and there is nothing to change about it. */
export const BUILT_IN_RULE = '00000000-0000-7000-8000-000000000001'

export const rulesQuery = queryOptions({
  queryKey: keys.rules,
  queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/rules', { signal })),
  staleTime: STALE.configuration,
})

export const useRules = (enabled = true) => useQuery({ ...rulesQuery, enabled })

export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: keys.rule.one(id),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/rules/{id}', { params: { path: { id } }, signal })),
    // What it knows of its groups changes with every sync.
    refetchInterval: every(REFRESH_MS),
  })

export const useRule = (id: string) => useQuery(ruleQuery(id))

/** A rule as it is loaded into a form: what comes later would overwrite what is typed. */
export const useRuleOnce = (id: string | undefined) =>
  useQuery({ ...ruleQuery(id ?? ''), enabled: id !== undefined, staleTime: 0, refetchInterval: false, refetchOnWindowFocus: false })

/** A change of a rule reaches its alerts too: what is open of it may end. */
function changed(client: QueryClient) {
  outdate(client, keys.rules, keys.rule.all, keys.channels, keys.channel.all, keys.overview.all, keys.alerts.all, keys.alert.all)
}

/** What a rule would find now; of what the API refuses the form tells when it is sent. */
export const useRuleTest = (body: TestAlertRule | undefined) =>
  useQuery({
    queryKey: keys.ruleTest(body),
    enabled: body !== undefined,
    queryFn: async ({ signal }) => expectData(await api.POST('/api/alerts/rules/test', { body: body ?? NO_RULE, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: every(REFRESH_MS),
    retry: false,
  })

const NO_RULE: TestAlertRule = { conditionType: 'peer_offline', conditionConfig: { duration: 0 } }

export function useCreateRule() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: CreateAlertRule) => expectData(await api.POST('/api/alerts/rules', { body })),
    onSuccess: () => changed(client),
  })
}

/** Changes the rule as it was seen: whoever saw an older one is told so. */
export function useUpdateRule({ id, version }: Pick<AlertRule, 'id' | 'version'>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: UpdateAlertRule) =>
      expectData(await api.PUT('/api/alerts/rules/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } }, body })),
    onSuccess: () => changed(client),
  })
}

export function useSwitchRule() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, enabled }: { id: string; enabled: boolean }) => {
      const request = { params: { path: { id } } }
      return expectData(enabled ? await api.POST('/api/alerts/rules/{id}/enable', request) : await api.POST('/api/alerts/rules/{id}/disable', request))
    },
    onSuccess: (rule) => {
      client.setQueryData(ruleQuery(rule.id).queryKey, rule)
      client.setQueryData(rulesQuery.queryKey, (rules) => rules?.map((other) => (other.id === rule.id ? { ...other, enabled: rule.enabled, version: rule.version } : other)))
      changed(client)
    },
  })
}

/** Another signing secret, which is for whoever asked for it alone, or the end of the old one; of the rule as it was seen. */
export function useRotateRuleSecret({ id, version }: Pick<AlertRule, 'id' | 'version'>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: RotateSigningSecret) =>
      expectData(await api.POST('/api/alerts/rules/{id}/signing-secret', { params: { path: { id }, header: { 'If-Match': `"${version}"` } }, body })),
    onSuccess: () => changed(client),
  })
}

/** Sends a message at once on one of a rule's channels, as it is saved; what the receiver answers is the result. */
export const useSendTest = (id: string) =>
  useMutation({
    mutationFn: async (channel: TestedChannel) => expectData(await api.POST('/api/alerts/rules/{id}/send-test', { params: { path: { id } }, body: { channel } })),
  })

export function useDeleteRule() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.DELETE('/api/alerts/rules/{id}', { params: { path: { id } } }))
    },
    onSuccess: (_, id) => {
      client.setQueryData(rulesQuery.queryKey, (rules) => rules?.filter((rule) => rule.id !== id))
      client.removeQueries({ queryKey: keys.rule.one(id) })
      outdate(client, keys.rules, keys.overview.all, keys.alerts.all, keys.alert.all)
    },
  })
}

/** Rules to start from, which are the same for everybody until the platform is updated. */
export const useRuleTemplates = () =>
  useQuery({
    queryKey: keys.ruleTemplates,
    queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/rule-templates', { signal })),
    staleTime: STALE.configuration,
    refetchInterval: false,
  })

export function useApplyTemplates() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ key, ...body }: ApplyRuleTemplates & { key: string }) =>
      expectData(await api.POST('/api/alerts/rule-templates/apply', { params: { header: { 'Idempotency-Key': key } }, body })),
    onSuccess: () => changed(client),
  })
}

/** All rules as a document, without secrets. */
export const useExportRules = () =>
  useMutation({ mutationFn: async () => expectData<string>(await api.GET('/api/alerts/rules/export', { parseAs: 'text' })) })

export interface ImportedDocument {
  text: string
  /** Rules that it does not name are deleted. */
  prune: boolean
}

/** It is sent as it was written, so that the lines of the answer are its own. */
const sendDocument = async ({ text, prune }: ImportedDocument, dryRun: boolean) =>
  expectData(
    await api.POST('/api/alerts/rules/import', {
      params: { query: { dryRun, prune } },
      headers: { 'content-type': text.trimStart().startsWith('{') ? 'application/json' : 'application/yaml' },
      body: text as unknown as RulesDocument,
      bodySerializer: (body) => body as unknown as string,
    }),
  )

/** What a document would do to the rules. */
export const useTryDocument = () => useMutation({ mutationFn: (document: ImportedDocument) => sendDocument(document, true) })

export function useImportRules() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (document: ImportedDocument) => sendDocument(document, false),
    // Of a large one that failed in the middle, a part may be there.
    onSettled: () => changed(client),
  })
}

/** What a rule would have told in the past. It reads much, so that somebody has to ask for it. */
export const useRuleHistoryTest = () =>
  useMutation({ mutationFn: async (body: TestRuleHistory) => expectData(await api.POST('/api/alerts/rules/test/history', { body })) })
