// What the web app runs on: phones of 2018 and later have ES2018, fetch and AbortController.
// Without it async functions and classes would be written out for Internet Explorer.
const WEB = { chrome: '66', edge: '79', firefox: '67', ios: '12', safari: '12' }
const targets = process.env.TARO_ENV === 'h5' ? WEB : undefined

// Used by the Taro runner alone: vitest and the server's esbuild read TypeScript themselves.
module.exports = {
  presets: [
    ['taro', { framework: 'react', ts: true, compiler: 'webpack5', useBuiltIns: false, targets }],
  ],
}
