// Used by the Taro runner alone: vitest and the server's esbuild read TypeScript themselves.
module.exports = {
  presets: [
    ['taro', { framework: 'react', ts: true, compiler: 'webpack5', useBuiltIns: false }],
  ],
}
