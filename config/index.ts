import path from 'node:path'
import { defineConfig, type UserConfigExport } from '@tarojs/cli'

const weapp = process.env.TARO_ENV === 'weapp'
const at = (file: string) => path.resolve(__dirname, '..', file)

// Babel runs on src/ and Taro's own packages only. The rest of what we ship is ES2022 and has to
// come down to ES2018 too. (The option's validator takes strings and functions, no RegExp.)
const alsoTranspiled = [
  at('core'),
  (file: string) => /node_modules[\\/](zustand|@noble)[\\/]/.test(file),
]

// Taro puts these into every H5. Our browsers (babel.config.js) have fetch and AbortController; we
// ask by JSON alone, draw our own elements (src/ui), pull nothing to refresh, and have the reset of
// global.css in src/ui/styles/web.scss, where it holds from the first paint on.
const UNNEEDED = [
  'whatwg-fetch',
  'abortcontroller-polyfill/dist/abortcontroller-polyfill-only',
  'jsonp-retry',
  '@tarojs/components/dist/components$',
  '@tarojs/components/global.css$',
  '@tarojs/components/dist/taro-components/taro-components.css$',
]

const DOMAIN = ['core', 'src/stores', 'src/api'].map((folder) => at(folder) + path.sep)

const cssModules = {
  enable: true,
  config: {
    namingPattern: 'module' as const,
    generateScopedName: '[name]__[local]___[hash:base64:5]',
  },
}

// Sizes. A px in our scss is a CSS pixel of a 375-wide phone on both targets, and pxtransform is
// off on both: H5 stays in px (text and targets scale by our tokens, not with the window), and a
// mini-program's px is the same density-independent pixel. Elder mode changes tokens only.
const pxtransform = { enable: false, config: {} }

const base: UserConfigExport<'webpack5'> = {
  projectName: 'one-thing',
  date: '2026-11-23',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 2.34 / 2, 750: 1, 828: 1.81 / 2 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: true },
  plugins: weapp ? [at('config/plugin-aria.js')] : [],
  copy: {
    patterns: weapp ? [{ from: 'src/sitemap.json', to: 'dist/weapp/sitemap.json' }] : [],
    options: {},
  },
  // A mini-program has no origin of its own: the platform's address is built in.
  defineConstants: {
    API_ORIGIN: JSON.stringify(weapp ? process.env.API_ORIGIN ?? 'http://127.0.0.1:8080' : ''),
  },
  alias: { '@': at('src'), '@core': at('core') },
  // Taro's default for H5 (quote_keys: true) writes "#private"() in classes: a blank page.
  terser: { enable: true, config: { output: { quote_keys: false } } },
  mini: {
    compile: { include: alsoTranspiled },
    optimizeMainPackage: { enable: true },
    postcss: { pxtransform, cssModules },
    webpackChain(chain, webpack) {
      chain.plugin('abort-controller').use(webpack.ProvidePlugin, [
        { AbortController: [at('config/abort-controller.js'), 'AbortController'] },
      ])
    },
  },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    router: { mode: 'browser' },
    compile: { include: alsoTranspiled },
    output: {
      filename: 'js/[name].[contenthash:8].js',
      chunkFilename: 'js/[name].[contenthash:8].js',
    },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    postcss: { autoprefixer: { enable: true, config: {} }, pxtransform, cssModules },
    devServer: {
      host: '127.0.0.1',
      port: 10086,
      open: false,
      proxy: { '/v1': { target: 'http://127.0.0.1:8080' } },
    },
    webpackChain(chain) {
      for (const name of UNNEEDED) chain.resolve.alias.set(name, at('config/nothing.js'))
      // Without this group every page carries its own copy of the components it shares.
      chain.optimization.merge({
        splitChunks: {
          cacheGroups: {
            // Each script is read in a task of its own: four short pauses instead of a long one.
            react: {
              test: /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/]/,
              name: 'react', chunks: 'initial', priority: 20, enforce: true,
            },
            taro: {
              test: /[\\/]node_modules[\\/]/,
              name: 'taro', chunks: 'initial', priority: 10, enforce: true,
            },
            domain: {
              test: ({ resource = '' }: { resource?: string }) =>
                DOMAIN.some((folder) => resource.startsWith(folder)),
              name: 'domain', chunks: 'initial', priority: 10, enforce: true,
            },
            asyncShared: {
              chunks: 'async',
              minChunks: 2,
              minSize: 4096,
              priority: 5,
              reuseExistingChunk: true,
            },
          },
        },
      })
    },
  },
}

export default defineConfig<'webpack5'>(async () => base)
