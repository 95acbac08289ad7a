export default defineAppConfig({
  pages: ['pages/home/index', 'pages/not-found/index'],
  window: {
    navigationBarTitleText: '喀什一件事',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundColor: '#f4f7f8',
  },
  lazyCodeLoading: 'requiredComponents',
})
