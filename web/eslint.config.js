import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
})

/** Answers are kept under names of one factory, so that what is to be forgotten is what is shown. */
const KEYS = 'Keys of queries come from queries/keys.ts.'
const SPELT_KEYS = [
  { selector: "Property[key.name='queryKey'] ArrayExpression", message: KEYS },
  { selector: 'CallExpression[callee.property.name=/^(get|set)Quer(y|ies)(Data|State)$/] > ArrayExpression:first-child', message: KEYS },
]

/** What somebody reads: it stands in a module of texts, where it can be translated one day. */
const READ = '(aria-label|title|placeholder|label|description|hint|about|note|action|failed|what)'
const TEXTS = 'Texts stand in the module of texts beside it.'
const noTexts = {
  'no-restricted-syntax': [
    'error',
    ...SPELT_KEYS,
    { selector: 'JSXText[value=/[A-Za-z]{2}/]', message: TEXTS },
    { selector: `JSXAttribute[name.name=/^${READ}$/] > Literal[value=/[A-Za-z]{2}/]`, message: TEXTS },
    { selector: `JSXAttribute[name.name=/^${READ}$/] TemplateElement[value.raw=/[A-Za-z]{2}/]`, message: TEXTS },
    { selector: `JSXAttribute[name.name=/^${READ}$/] ConditionalExpression > Literal[value=/[A-Za-z]{2}/]`, message: TEXTS },
    { selector: "CallExpression[callee.name='announce'] > :matches(Literal, TemplateLiteral)", message: TEXTS },
  ],
}

// Rules that need types are oxlint's, in .oxlintrc.json.
export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/__generated__'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  jsxA11y.flatConfigs.strict,
  // The rules of hooks compile each component, which half of the linter's time goes into.
  { files: ['src/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  {
    languageOptions: {
      globals: { ...globals.browser },
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['src/features/**'],
    rules: forbid({
      group: ['@/features/*', '@/app/*', '../*'],
      message: 'A feature imports only its own folder and the shared parts.',
    }),
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', 'src/queries/keys.ts'],
    rules: { 'no-restricted-syntax': ['error', ...SPELT_KEYS] },
  },
  {
    files: ['src/{features,components,app}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.*'],
    rules: noTexts,
  },
  {
    files: ['src/{components,queries,api,lib,live}/**'],
    rules: forbid({
      group: ['@/features/*', '@/app/*'],
      message: 'Shared parts know neither features nor the app.',
    }),
  },
  {
    files: ['scripts/**', '*.config.*', 'mock/**', 'browser/**'],
    languageOptions: { globals: { ...globals.node } },
  },
  {
    // A fixture says by the pattern that it takes which others it stands on: none is a pattern, too.
    files: ['browser/**'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
)
