/**
 * The pages, and which of them a mini-program downloads only when it needs them.
 *
 * A new page goes into one of the groups of PACKAGES, unless nearly everyone opens it in the first
 * minute: the main package is what a slow network has to carry before anything shows. Every page of
 * a group is a package of its own (WeChat allows 100), because a package's root is a folder: so an
 * address stays /pages/<name>/index on every target, wherever the page is listed.
 */
const MAIN = [
  'home', 'find', 'life', 'topic', 'questions', 'notice', 'login', 'cases', 'messages', 'settings',
  'not-found',
]

const PACKAGES = {
  filling: [
    'identity', 'form', 'materials', 'check', 'signers', 'sign', 'countersign', 'receipt',
  ],
  after: ['case', 'correction', 'documents', 'result', 'rating', 'booking'],
  help: ['help', 'pick-up', 'tickets', 'ticket', 'halls', 'guide', 'public-numbers', 'verify'],
  mine: [
    'acting', 'entrust', 'my-data', 'access-log', 'devices', 'preferences', 'change-phone',
    'close-account',
  ],
  desk: ['counter'],
}

const page = (name: string) => `pages/${name}/index`

/** Downloads these pages in the background while that one is read. */
const whileOn = (name: string, packages: readonly string[]) =>
  ({ [page(name)]: { network: 'all' as const, packages: [...packages] } })

export default defineAppConfig({
  pages: MAIN.map(page),
  subPackages: Object.values(PACKAGES).flat()
    .map((name) => ({ root: `pages/${name}`, name, pages: ['index'] })),
  preloadRule: {
    ...whileOn('questions', PACKAGES.filling),
    ...whileOn('notice', PACKAGES.filling),
    ...whileOn('cases', PACKAGES.after),
    ...whileOn('messages', PACKAGES.after),
    ...whileOn('settings', PACKAGES.mine),
    ...whileOn('receipt', PACKAGES.after),
  },
  window: {
    navigationBarTitleText: '喀什一件事',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundColor: '#f4f7f8',
  },
  sitemapLocation: 'sitemap.json',
  lazyCodeLoading: 'requiredComponents',
  __usePrivacyCheck__: true,
})
