import js from '@eslint/js'
import globals from 'globals'
import a11y from 'eslint-plugin-jsx-a11y'
import react from 'eslint-plugin-react'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const BROWSER_ONLY = [
  'window', 'document', 'localStorage', 'sessionStorage', 'navigator', 'location', 'history',
  'fetch', 'XMLHttpRequest', 'FormData', 'Blob', 'crypto', 'TextEncoder', 'TextDecoder',
  'structuredClone', 'URL', 'atob', 'btoa',
]
// A line with Chinese in it is a sentence for people: breaking it helps nobody.
const CHINESE = '[\\u4e00-\\u9fff]'

const lines = (max) => ['error', { max, skipBlankLines: true, skipComments: true }]

const REACT = {
  plugins: { react, 'react-hooks': hooks, 'jsx-a11y': a11y },
  settings: { react: { version: '18.3' } },
}
const REACT_RULES = {
  ...react.configs.recommended.rules,
  ...react.configs['jsx-runtime'].rules,
  ...hooks.configs['recommended-latest'].rules,
  ...a11y.flatConfigs.recommended.rules,
  'react/prop-types': 'off',
}

export default tseslint.config(
  {
    ignores: [
      'dist/**', 'build/**', 'data/**', 'coverage/**', 'test-results/**', 'console/dist/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { globals: globals.node },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-len': ['error', {
        code: 100, ignoreUrls: true, ignorePattern: CHINESE, ignoreRegExpLiterals: true,
      }],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': lines(60),
      'max-params': ['error', 4],
      'eqeqeq': 'error',
      'no-console': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', {
        argsIgnorePattern: '^_', varsIgnorePattern: '^_',
      }],
    },
  },
  {
    files: ['core/**/*.ts'],
    ignores: ['core/contract/**'],
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [{ regex: '^[^.]', message: 'core/ imports nothing but itself' }],
      }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    languageOptions: {
      globals: {
        ...globals.browser, defineAppConfig: 'readonly', definePageConfig: 'readonly',
      },
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
    ...REACT,
    rules: {
      ...REACT_RULES,
      'react/no-unknown-property': 'off',
      'no-restricted-globals': ['error', ...BROWSER_ONLY],
    },
  },
  {
    files: ['console/**/*.{ts,tsx}'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
    ...REACT,
    rules: {
      ...REACT_RULES,
      // A dialog or the first field of a sign-in takes the focus: nothing before it is passed over.
      'jsx-a11y/no-autofocus': 'off',
    },
  },
  {
    files: ['console/{pages,components,words}/**'],
    rules: {
      'no-restricted-globals': ['error', 'fetch', 'sessionStorage', 'localStorage', 'history'],
    },
  },
  {
    // WeChat's aria-role is no ARIA attribute of the web.
    files: ['src/ui/*.tsx'],
    ignores: ['src/ui/*.h5.tsx'],
    rules: { 'jsx-a11y/aria-props': 'off' },
  },
  { files: ['**/*.tsx'], rules: { 'max-lines-per-function': lines(120) } },
  // Schemas are declarations, not logic: a noun's wire stays in one file.
  { files: ['core/contract/**'], rules: { 'max-lines': ['error', { max: 450 }] } },
  { files: ['src/**/*.h5.{ts,tsx}'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['src/pages/**', 'src/components/**', 'src/stores/**', 'src/ui/**'],
    rules: {
      'no-restricted-imports': ['error', {
        paths: [{
          name: '@tarojs/taro',
          importNames: ['request', 'uploadFile', 'downloadFile', 'login', 'setStorageSync'],
          message: 'only src/platform talks to the phone',
        }],
      }],
    },
  },
  {
    files: ['config/*.js', 'babel.config.js'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['config/abort-controller.js', 'config/aria-runtime.js'],
    languageOptions: { sourceType: 'module' },
  },
  {
    files: ['test/**'],
    languageOptions: { globals: globals.browser },
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'max-len': ['error', { code: 120, ignoreUrls: true, ignorePattern: CHINESE }],
    },
  },
)
