import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
})

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/__generated__'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  jsxA11y.flatConfigs.strict,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'scripts/*.mjs', 'public/*.js'] } },
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // An empty text counts as missing wherever `||` is written between texts.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // The router's redirects and not-found answers are thrown by design.
      '@typescript-eslint/only-throw-error': 'off',
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
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
)
