const path = require('node:path')
const attributes = require('./aria-components')

// The templates alias their attributes p0..pN, and the runtime counts the same list again: adding
// aria-* on one side only would shift every alias after it.
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      if (!platform.template) return
      platform.template.mergeComponents(ctx, attributes)
      const runtime = path.resolve(__dirname, 'aria-runtime.js')
      platform.runtimePath = [].concat(platform.runtimePath || [], runtime)
    },
  })
}
