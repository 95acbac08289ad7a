import appConfig from './app.config'

// The router hides the page below when its slide ends; who was back by then saw a blank page.
export default defineAppConfig({ ...appConfig, animation: false })
